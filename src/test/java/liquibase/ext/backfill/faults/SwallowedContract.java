package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.engine.CheckpointTable;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.engine.WhenBusy;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.TcpProxy;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A network that swallows what is sent and tells nobody. Each driver is told how long to wait, or it waits for ever. */
abstract class SwallowedContract extends ConnectionContract {
    private static final Path OPERATIONS = Path.of("src", "site", "markdown", "operations.md");
    /** The chunks of the first backfill. */
    private static final int CHUNKS = RUNS / CHUNK;

    SwallowedContract(TestDatabase product) {
        super(product);
    }

    /** What a session was about to send. */
    enum Swallowed {
        INSERT {
            @Override
            boolean is(String sent) {
                return sent.contains("INSERT INTO") && sent.contains("pipeline_run_annotation");
            }
        },
        COMMIT {
            @Override
            boolean is(String sent) {
                return sent.equals("commit");
            }
        };

        abstract boolean is(String sent);
    }

    private String patience() {
        return product == TestDatabase.POSTGRESQL ? "socketTimeout=20" : "socketTimeout=20000";
    }

    /** Only now is the driver told to give up after a second: a statement before may take its time. */
    private static Fault impatiently(Connection real, Fault fault) {
        return () -> {
            real.setNetworkTimeout(Runnable::run, 1_000);
            fault.happens();
        };
    }

    @ParameterizedTest
    @EnumSource
    void a_session_that_the_network_swallowed_keeps_others_away_until_it_is_ended(Swallowed at) throws Exception {
        Runs runs = runs(KeyOrder.RANDOM, RUNS);
        int chunk = 2 + random.nextInt(CHUNKS - 2);
        String message;
        try (var proxy = TcpProxy.before(database.url())) {
            Connection real = through(proxy, patience());
            BackfillException failure = run(
                    faulty(real, at::is, chunk, impatiently(real, proxy::swallow)),
                    chunksOf(CHUNK).build());
            assertThat(failure).hasMessageContaining("See to the connection").hasMessageNotContaining("..");
            real.abort(Runnable::run); // the server does not hear of it
            message = failure.getMessage();
            assertThat(runs.systemAnnotations())
                    .as("the chunks before")
                    .isEqualTo((chunk - 1L) * CHUNK)
                    .isEqualTo(runs.writtenByBackfills());

            List<String> reasons = new ArrayList<>();
            BackfillResult waits = next(WhenBusy.WAIT, reasons);
            assertThat(waits.outcome()).isEqualTo(Outcome.STOPPED);
            assertThat(waits.stopReason()).hasValue("its time box is used up");
            assertThat(reasons).isNotEmpty().allSatisfy(reason -> assertThat(reason)
                    .endsWith(" is at work at it, or died at it within the lease of 1 s"));
            BackfillResult leaves = next(WhenBusy.LEAVE, reasons);
            assertThat(leaves.outcome()).isEqualTo(Outcome.LEFT_TO_OTHER);
            assertThat(leaves.stopReason().orElseThrow())
                    .contains(" is at work at it, at key ")
                    .endsWith("%1$d rows looked at and %1$d inserted so far".formatted((chunk - 1) * CHUNK));
            message += " The next: " + reasons.get(0);

            endAsThePageSays(runs);
            Balance balance = completed(runs);
            enter("the network swallows an insert or a commit and tells nobody", 1, balance, message, Map.of());
        }
    }

    /** One that heeds its time box, which is long enough for the lease of the one before to end. */
    private BackfillResult next(WhenBusy whenBusy, List<String> reasons) throws SQLException {
        BackfillOptions options = chunksOf(CHUNK)
                .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(60))
                .whenBusy(whenBusy)
                .build()
                .until(Instant.now().plusSeconds(whenBusy == WhenBusy.WAIT ? 3 : 60));
        var listener = new BackfillListener() {
            @Override
            public void waiting(String backfill, String reason, Duration duration) {
                reasons.add(reason);
            }
        };
        try (Connection connection = connect()) {
            return new BackfillEngine(
                            connection, Schema.DEFAULT, CheckpointTable.DEFAULT, options, listener, Time.system())
                    .run(SystemAnnotations.createdBy());
        }
    }

    /** What the operator looks for. */
    private String search() {
        return product == TestDatabase.POSTGRESQL ? """
                  SELECT a.pid, a.client_addr, a.xact_start, a.state
                  FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                  WHERE l.relation = 'databasechangelogbackfill'::regclass AND l.mode = 'RowExclusiveLock'""" : """
                  SELECT t.trx_mysql_thread_id, p.host, t.trx_started, p.command
                  FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
                  WHERE p.db = DATABASE()""";
    }

    private void endAsThePageSays(Runs runs) throws Exception {
        assertThat(Files.readString(OPERATIONS).replaceAll("(?m)^ +", "")).contains(search());
        ForeignSession found;
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(search())) {
            assertThat(row.next()).as("a session").isTrue();
            assertThat(row.getString(4)).isIn("idle in transaction", "Sleep");
            found = new ForeignSession(product, row.getLong(1));
            assertThat(row.next()).as("another one").isFalse();
        }
        runs.execute(found.ending());
    }

    @Test
    void a_commit_whose_answer_is_lost_is_neither_lost_nor_done_again() throws Exception {
        Runs runs = runs(KeyOrder.SEQUENTIAL, RUNS);
        Balance balance = Balance.NONE;
        String message = "";
        int times = Chance.times(3);
        try (var proxy = TcpProxy.before(database.url())) {
            for (int time = 0; time < times; time++) {
                runs.reset();
                int chunk = 1 + random.nextInt(CHUNKS);
                Connection real = through(proxy, patience());
                BackfillException failure = run(
                        faulty(real, Swallowed.COMMIT::is, chunk, impatiently(real, proxy::swallowAnswers)),
                        chunksOf(CHUNK).build());
                assertThat(failure)
                        .hasMessageContaining("Kept: at least the %d rows ".formatted((chunk - 1) * CHUNK))
                        .hasMessageContaining("a chunk that was being committed is there as a whole or not at all");
                message = failure.getMessage();
                real.abort(Runnable::run);
                proxy.cut();
                assertThat(runs.systemAnnotations())
                        .as("with the chunk whose commit was never answered")
                        .isEqualTo((long) chunk * CHUNK)
                        .isEqualTo(runs.writtenByBackfills());

                runs.letTheLeasesEnd();
                assertThat(written(backfill(chunksOf(CHUNK).build()))).isEqualTo(2L * RUNS - (long) chunk * CHUNK);
                balance = balance.plus(runs.balance());
            }
        }
        enter("the answer to a commit is lost on its way back", times, balance, message, Map.of());
    }
}
