package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.engine.CheckpointTable;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** As few rows as there can be, keys at the ends, and a definition that is another one half-way. */
abstract class LimitsContract extends FaultContract {
    private static final int CHUNK = 7;

    LimitsContract(TestDatabase product) {
        super(product);
    }

    @Test
    void any_number_of_runs_around_the_size_of_a_chunk_is_backfilled() throws Exception {
        Balance balance = Balance.NONE;
        int tables = 0;
        for (int count : List.of(0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1)) {
            for (KeyOrder order : KeyOrder.values()) {
                try (FreshDatabase fresh = product.freshDatabase();
                        var runs = new Runs(fresh, order, random).createTables().with(count);
                        Connection connection = fresh.connect()) {
                    List<BackfillResult> results =
                            backfill(connection, chunksOf(CHUNK).build(), BackfillListener.NONE, Time.system());

                    assertThat(written(results)).isEqualTo(2L * count);
                    balance = balance.plus(runs.balance());
                    tables++;
                }
            }
        }
        enter("there are 0, 1, chunk−1, chunk, chunk+1, 2·chunk or 2·chunk+1 runs", tables, balance, "", Map.of());
    }

    @Test
    void keys_at_the_ends_of_the_collation_are_found() throws Exception {
        Runs runs = runs(KeyOrder.RANDOM, 20);
        List<String> ends = List.of("", "!", "~", "ÿ", "zzzzzzzzzzzzzzzzzzzz", "\uffee", "😀");
        try (Connection connection = connect()) {
            for (String end : ends) {
                runs.insert(connection, new Runs.OneRun(end, "creator of the end", null, null));
            }
        }
        Balance balance = Balance.NONE;
        for (int chunk : List.of(1, 2, 3, 100)) {
            runs.reset();
            assertThat(written(backfill(chunksOf(chunk).build()))).isEqualTo(2L * (20 + ends.size()));
            balance = balance.plus(runs.balance());
        }
        enter("keys are at the ends of the collation, the empty one among them", 4, balance, "", Map.of());
    }

    /** As long as a key of annotations may be on MySQL, and different in their last characters only. */
    @Test
    void long_keys_are_backfilled_too() throws Exception {
        String json = product == TestDatabase.SQLITE ? "text" : "json";
        String key = product == TestDatabase.POSTGRESQL || product == TestDatabase.SQLITE ? "\"key\"" : "`key`";
        try (var runs = new Runs(database, KeyOrder.RANDOM, random);
                Connection connection = connect()) {
            runs.execute("CREATE TABLE execution_node (id varchar(700) PRIMARY KEY, task_spec %s)".formatted(json));
            runs.execute(("CREATE TABLE pipeline_run (id varchar(700) PRIMARY KEY, root_execution_id varchar(700), "
                            + "created_by varchar(255), extra_data %s)")
                    .formatted(json));
            runs.execute(("CREATE TABLE pipeline_run_annotation (pipeline_run_id varchar(700) NOT NULL, "
                            + "%1$s varchar(60) NOT NULL, value varchar(255), PRIMARY KEY (pipeline_run_id, %1$s), "
                            + "FOREIGN KEY (pipeline_run_id) REFERENCES pipeline_run (id))")
                    .formatted(key));
            List<Integer> ends = new ArrayList<>();
            for (int end = 100; end < 100 + 10 * CHUNK; end++) {
                ends.add(end);
            }
            Collections.shuffle(ends, random);
            for (int end : ends) {
                runs.insert(connection, new Runs.OneRun("k".repeat(697) + end, "creator " + end, null, "name " + end));
            }

            assertThat(written(backfill(chunksOf(CHUNK).build()))).isEqualTo(20L * CHUNK);

            enter("keys are 700 characters long", 1, runs.balance(), "", Map.of());
        }
    }

    /** The same backfill as an earlier release might have had it: for another annotation. */
    private static BackfillDefinition earlier() {
        BackfillDefinition now = SystemAnnotations.createdBy();
        return new BackfillDefinition(
                now.name(),
                now.source(),
                new Target(
                        now.target().table(),
                        now.target().reference(),
                        List.of(new Target.Constant("key", "creator")),
                        now.target().columns()),
                now.coverage());
    }

    @Test
    void a_definition_that_changes_while_its_backfill_runs_waits_and_then_starts_over() throws Exception {
        Runs runs = runs(KeyOrder.RANDOM, 100);
        var underWay = new CountDownLatch(3);
        var waited = new CountDownLatch(1);
        Future<BackfillResult> before = inBackground(() -> run(earlier(), new BackfillListener() {
            @Override
            public void advanced(Progress progress) {
                underWay.countDown();
                if (underWay.getCount() == 0) {
                    awaitUninterruptibly(waited);
                }
            }
        }));
        assertThat(underWay.await(1, TimeUnit.MINUTES)).isTrue();
        var said = new StringBuilder();

        BackfillResult after = run(SystemAnnotations.createdBy(), new BackfillListener() {
            @Override
            public void waiting(String backfill, String reason, java.time.Duration duration) {
                waited.countDown();
            }

            @Override
            public void restarted(String backfill, String reason) {
                said.append(reason);
            }
        });

        assertThat(await(before).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(await(before).counts().inserted()).isEqualTo(100);
        assertThat(after.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(after.counts().inserted()).isEqualTo(100);
        assertThat(said).hasToString("its definition has changed");
        backfill(BackfillOptions.defaults());
        enter("the definition changes while its backfill runs", 1, runs.balance(), "starts over: " + said, Map.of());
    }

    private BackfillResult run(BackfillDefinition definition, BackfillListener listener) throws Exception {
        var options = BackfillOptions.builder().chunkRows(CHUNK).build();
        try (Connection connection = connect()) {
            return new BackfillEngine(
                            connection, Schema.DEFAULT, CheckpointTable.DEFAULT, options, listener, Time.system())
                    .run(definition);
        }
    }
}
