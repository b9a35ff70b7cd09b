package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two that write the same row: what a naive migration gets for it, and what a backfill does. The second one is seen to
 * wait for the first before that one commits, so that the race has the same winner each time.
 */
abstract class RaceContract extends EngineContract {
    static final String SKIPS = "skipped the row";
    static final String REPEATS = "repeated the chunk";
    static final String WAITS = "waited, then saw the row";

    private static final int ROWS = 20;
    private static final Path DOCUMENTATION = Path.of("src", "site", "markdown", "conflicts.md");

    private final Map<String, String[]> answers;

    /** @param answers per opponent and isolation, what a naive migration gets and what a backfill does */
    RaceContract(TestDatabase product, Map<String, String[]> answers) {
        super(product);
        this.answers = answers;
    }

    /** Who holds a row that is not committed yet. */
    enum Opponent {
        WRITER,
        MIGRATION
    }

    private String naive(Opponent opponent, Isolation isolation) {
        return answers.get(opponent + " " + isolation)[0];
    }

    private String ours(Opponent opponent, Isolation isolation) {
        return answers.get(opponent + " " + isolation)[1];
    }

    @ParameterizedTest
    @CsvSource({"WRITER, READ_COMMITTED", "WRITER, SERIALIZABLE", "MIGRATION, READ_COMMITTED", "MIGRATION, SERIALIZABLE"
    })
    void a_naive_migration_loses_the_race_or_makes_the_other_lose(Opponent opponent, Isolation isolation)
            throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        Connection first = connect();
        Connection second = connectWithoutPatience();
        NaiveMigration.begin(second, isolation);
        if (opponent == Opponent.WRITER) {
            writeOneTag(things, first);
        } else {
            NaiveMigration.begin(first, isolation);
            NaiveMigration.countMissing(first);
            NaiveMigration.countMissing(second);
        }

        assertThat(race(first, second, opponent)).isEqualTo(naive(opponent, isolation));
    }

    /** @return what the loser got; nothing if both succeeded */
    private String race(Connection first, Connection second, Opponent opponent) throws Exception {
        Future<String> firsts = inBackground(() -> {
            if (opponent == Opponent.MIGRATION) {
                NaiveMigration.insertMissing(first);
            }
            return "";
        });
        awaitWaiting(firsts);
        Future<String> seconds = inBackground(() -> {
            NaiveMigration.insertMissing(second);
            return "";
        });
        String lost = outcome(firsts, first);
        awaitWaiting(seconds);
        if (lost.isEmpty() && product != TestDatabase.SQLITE) {
            first.commit();
        }
        return lost + outcome(seconds, second);
    }

    private static String outcome(Future<String> work, Connection connection) throws Exception {
        try {
            return await(work);
        } catch (ExecutionException e) {
            connection.rollback();
            return NaiveMigration.outcome((SQLException) e.getCause());
        }
    }

    /** SQLite lets nobody wait whose transaction has read already: it answers at once. */
    private void awaitWaiting(Future<String> work) throws Exception {
        if (product == TestDatabase.SQLITE) {
            try {
                await(work);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(SQLException.class);
            }
        } else {
            LockView.awaitWaitingSession(database, work);
        }
    }

    private Connection connectWithoutPatience() throws SQLException {
        Connection connection = connect();
        if (product == TestDatabase.SQLITE) {
            Things.execute(connection, "PRAGMA busy_timeout = 0");
        }
        return connection;
    }

    private static void writeOneTag(Things things, Connection writer) throws SQLException {
        String key = things.tagless().get(ROWS / 2);
        writer.setAutoCommit(false);
        things.insertTag(writer, key, "by the writer");
    }

    @ParameterizedTest
    @CsvSource({"WRITER, READ_COMMITTED", "WRITER, SERIALIZABLE", "MIGRATION, READ_COMMITTED", "MIGRATION, SERIALIZABLE"
    })
    void a_backfill_that_meets_another_transaction_ends_in_parity(Opponent opponent, Isolation isolation)
            throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        Connection first = connect();
        if (opponent == Opponent.WRITER) {
            writeOneTag(things, first);
        } else {
            NaiveMigration.begin(first, isolation);
            NaiveMigration.countMissing(first);
            NaiveMigration.insertMissing(first);
        }

        BackfillResult result = meet(first, isolation);

        assertThat(result.outcome()).isIn(Outcome.COMPLETED, Outcome.ALREADY_COMPLETE);
        assertThat(things.tags()).hasSize(ROWS);
        assertThat(result.counts().inserted()).isEqualTo(opponent == Opponent.WRITER ? ROWS - 1 : 0);
        if (product != TestDatabase.SQLITE) {
            assertThat(result.counts().retries() > 0)
                    .as("%s", result)
                    .isEqualTo(ours(opponent, isolation).equals(REPEATS));
        }
    }

    /** Runs a backfill that has to wait for a transaction, which is committed then. */
    private BackfillResult meet(Connection first, Isolation isolation) throws Exception {
        var waiting = new CountDownLatch(1);
        var listener = new BackfillListener() {
            @Override
            public void waiting(String backfill, String reason, Duration duration) {
                waiting.countDown();
            }
        };
        var options = chunksOf(ROWS).isolation(isolation);
        if (product == TestDatabase.SQLITE) {
            options.timeouts(Duration.ofMillis(10), Duration.ofSeconds(60)).attempts(100);
        }
        BackfillEngine engine = engine(options.build(), listener, Time.system());
        Future<BackfillResult> ours = inBackground(() -> engine.run(Things.TOTAL));
        if (product == TestDatabase.SQLITE) {
            assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
        } else {
            LockView.awaitWaitingSession(database, ours);
            assertThat(ours).as("it waits").isNotDone();
        }
        first.commit();
        return await(ours);
    }

    @ParameterizedTest
    @EnumSource
    void a_thing_that_is_deleted_while_its_chunk_waits_for_it_disturbs_nobody(Isolation isolation) throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        Connection deleter = connect();
        deleter.setAutoCommit(false);
        Things.execute(
                deleter,
                "DELETE FROM thing WHERE id = '%s'".formatted(things.tagless().get(ROWS / 2)));

        BackfillResult result = meet(deleter, isolation);

        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(things.tags()).hasSize(ROWS - 1);
        things.assertParity();
    }

    @ParameterizedTest
    @CsvSource({"WRITER, READ_COMMITTED", "WRITER, SERIALIZABLE", "MIGRATION, READ_COMMITTED", "MIGRATION, SERIALIZABLE"
    })
    void the_documentation_says_what_these_tests_see(Opponent opponent, Isolation isolation) throws Exception {
        String row = "| %s | %s | %s | %s | %s |"
                .formatted(
                        things(Keys.RANDOM_TEXTS, 0).dialect().name(),
                        isolation.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        opponent == Opponent.WRITER ? "a writer" : "another migration",
                        naive(opponent, isolation).isEmpty() ? "nothing" : naive(opponent, isolation),
                        ours(opponent, isolation));

        assertThat(Files.readString(DOCUMENTATION)).contains(row);
    }
}
