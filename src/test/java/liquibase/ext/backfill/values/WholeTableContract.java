package liquibase.ext.backfill.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.engine.Parity;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the backfills make of tables as a whole: without runs, complete, nearly complete, with parts missing. */
abstract class WholeTableContract {
    private static final int RUNS = 7;

    private final TestDatabase product;
    private FreshDatabase database;
    private Connection connection;
    private PipelineTables tables;

    WholeTableContract(TestDatabase product) {
        this.product = product;
    }

    @BeforeEach
    void open() throws SQLException {
        database = product.freshDatabase();
        connection = database.connect();
        tables = PipelineTables.on(product).loose().create(connection);
    }

    @AfterEach
    void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    void without_runs_everything_is_complete() throws SQLException {
        assertThat(run()).allSatisfy(result -> assertThat(result)
                .returns(Outcome.ALREADY_COMPLETE, BackfillResult::outcome)
                .returns(new Parity(0, 0), found -> found.parity().orElseThrow()));
        assertThat(tables.annotations(connection)).isEmpty();
    }

    @Test
    void where_all_rows_are_missing_each_run_gets_two() throws SQLException {
        addRuns();

        assertThat(run()).extracting(result -> result.counts().inserted()).containsExactly(7L, 7L, 0L);
        assertThat(tables.annotations(connection)).containsExactlyInAnyOrderElementsOf(expected());
    }

    @Test
    void where_no_row_is_missing_nothing_is_written() throws SQLException {
        addRuns();
        for (Annotation annotation : expected()) {
            tables.add(connection, annotation);
        }

        assertThat(run()).allSatisfy(result -> assertThat(result)
                .returns(Outcome.ALREADY_COMPLETE, BackfillResult::outcome)
                .returns(0L, found -> found.counts().inserted())
                .returns(new Parity(RUNS, RUNS), found -> found.parity().orElseThrow()));
        assertThat(tables.annotations(connection)).containsExactlyInAnyOrderElementsOf(expected());
    }

    @Test
    void one_missing_row_is_found_wherever_it_is() throws SQLException {
        addRuns();
        for (Annotation missing : expected()) {
            tables.clearAnnotations(connection);
            for (Annotation annotation : expected()) {
                if (!annotation.equals(missing)) {
                    tables.add(connection, annotation);
                }
            }

            assertThat(run().stream()
                            .mapToLong(result -> result.counts().inserted())
                            .sum())
                    .as("%s", missing)
                    .isEqualTo(1);
            assertThat(tables.annotations(connection))
                    .as("%s", missing)
                    .containsExactlyInAnyOrderElementsOf(expected());
        }
    }

    /** Orphans make the annotations as many as the runs are, and prove nothing. */
    @Test
    void annotations_of_runs_that_are_gone_do_not_count() throws SQLException {
        addRuns();
        var orphans = Stream.of(SystemAnnotations.CREATED_BY, SystemAnnotations.NAME)
                .flatMap(key -> Stream.of("0", "run-35", "zz").map(id -> new Annotation(id, key, "gone")))
                .toList();
        for (Annotation orphan : orphans) {
            tables.add(connection, orphan);
        }

        run();

        assertThat(tables.annotations(connection)).containsAll(expected()).hasSize(2 * RUNS + orphans.size());
    }

    @Test
    void a_run_without_an_execution_or_a_component_spec_gets_an_empty_name() throws SQLException {
        tables.add(connection, new Run("no-execution", "by", null, false, null));
        tables.add(connection, new Run("only-extra-data", "by", "{\"pipeline_name\": \"x\"}", false, null));
        tables.add(connection, Run.of("no-spec", "by", null, null));

        run();

        assertThat(tables.annotations(connection))
                .filteredOn(annotation -> annotation.key().equals(SystemAnnotations.NAME))
                .containsExactlyInAnyOrder(
                        new Annotation("no-execution", SystemAnnotations.NAME, ""),
                        new Annotation("only-extra-data", SystemAnnotations.NAME, "x"),
                        new Annotation("no-spec", SystemAnnotations.NAME, ""));
    }

    private void addRuns() throws SQLException {
        for (int i = 0; i < RUNS; i++) {
            tables.add(connection, Run.of("run-" + i, "by " + i, "{\"pipeline_name\": \"name " + i + "\"}", "{}"));
        }
    }

    private static List<Annotation> expected() {
        List<Annotation> annotations = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            annotations.add(new Annotation("run-" + i, SystemAnnotations.CREATED_BY, "by " + i));
            annotations.add(new Annotation("run-" + i, SystemAnnotations.NAME, "name " + i));
        }
        return annotations;
    }

    private List<BackfillResult> run() throws SQLException {
        List<BackfillResult> results = new ArrayList<>();
        for (BackfillDefinition definition : SystemAnnotations.all()) {
            results.add(BackfillEngine.on(connection).run(definition));
        }
        return results;
    }
}
