package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** A run waits for others and not they for it; and it does not wait for ever. */
abstract class PolitenessContract extends EngineContract {
    private static final Duration SHORTEST_LOCK_TIMEOUT = Duration.ofMillis(10);

    PolitenessContract(TestDatabase product) {
        super(product);
    }

    private static BackfillOptions.Builder impatient(int rows) {
        return chunksOf(rows).timeouts(SHORTEST_LOCK_TIMEOUT, Duration.ofSeconds(60));
    }

    /** A writer that has given a thing its tag and has not committed yet. */
    private Connection writerWithTagOf(Things things, String key) throws SQLException {
        Connection writer = connect();
        writer.setAutoCommit(false);
        things.insertTag(writer, key, "by the writer");
        return writer;
    }

    @Test
    void a_chunk_that_waits_for_a_lock_too_long_goes_on_in_halves_until_the_lock_is_released() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, 4);
        engine(impatient(4).build()).run(Things.CHANGED); // so that only chunks have something left to write
        String locked = things.tagless("label").get(2);
        Connection writer = writerWithTagOf(things, locked);
        List<String> reasons = new ArrayList<>();
        var listener = new BackfillListener() {
            @Override
            public void waiting(String backfill, String reason, Duration duration) {
                if (reasons.isEmpty()) {
                    commit(writer);
                }
                reasons.add(reason);
            }
        };

        BackfillResult result =
                engine(impatient(4).build(), listener, new FakeTime()).run(Things.TOTAL);

        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(reasons).hasSize(1);
        assertThat(things.tags()).hasSize(4).containsEntry(locked, "by the writer");
        if (product != TestDatabase.SQLITE) { // whose only lock is on the whole database, so that halves wait as well
            assertThat(reasons).containsExactly("a lock that was not granted in time");
            assertThat(result.counts().chunks()).isEqualTo(3);
            assertThat(result.counts().retries()).isEqualTo(3);
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_lock_that_is_held_for_ever_ends_in_an_error_that_names_keys_failure_and_attempts() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, 4);
        engine(impatient(4).build()).run(Things.CHANGED);
        String locked = things.tagless("label").get(2);
        List<Connection> writer = new ArrayList<>();
        Connection connection = Hooked.connection(connect(), new Hooked.Hook() {
            @Override
            public void before(String sent) throws SQLException {
                if (writer.isEmpty() && sent.contains("KEY_REACHED = ?")) {
                    writer.add(writerWithTagOf(things, locked));
                }
            }
        });
        BackfillEngine engine =
                engine(connection, impatient(4).attempts(2).build(), BackfillListener.NONE, new FakeTime());

        assertThatThrownBy(() -> engine.run(Things.TOTAL))
                .isInstanceOf(BackfillException.class)
                .hasMessageContaining("backfill thing.label failed on ")
                .hasMessageContaining("keys ")
                .hasMessageContaining(
                        product == TestDatabase.SQLITE
                                ? "] met a conflict with another transaction at attempt 2: "
                                : locked + "] met a lock that was not granted in time at attempt 2: ");
        writer.get(0).rollback();
        assertThat(things.tags()).hasSize(product == TestDatabase.SQLITE ? 0 : 2);
        things.letTheLeaseEnd();
        engine(impatient(4).build()).run(Things.TOTAL);
        things.assertParity();
    }

    @Test
    void a_table_that_somebody_keeps_to_himself_does_not_keep_a_run_waiting_for_ever() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, 4);
        Connection owner = connect();
        var listener = new BackfillListener() {
            @Override
            public void advanced(Progress progress) {
                try {
                    lockTables(owner);
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }
        };
        BackfillEngine engine = engine(impatient(1).attempts(2).build(), listener, new FakeTime());

        assertThatThrownBy(() -> engine.run(Things.TOTAL)).hasMessageContaining(" at attempt 2: ");

        unlockTables(owner);
        things.letTheLeaseEnd();
        engine(impatient(1).build()).run(Things.TOTAL);
        things.assertParity();
    }

    @Test
    void who_only_looks_does_not_wait_for_ever_either() throws SQLException {
        things(Keys.RANDOM_TEXTS, 4);
        Connection owner = connect();
        lockTables(owner);
        var inspection = new BackfillInspection(
                connect(), Schema.DEFAULT, CheckpointTable.DEFAULT, impatient(1).build());

        assertThatThrownBy(() -> inspection.parity(Things.TOTAL))
                .isInstanceOf(BackfillException.class)
                .hasMessageStartingWith("the parity of thing.label could not be looked at on ")
                .hasMessageEndingWith(". Nothing was changed.");
        assertThatThrownBy(() -> inspection.countInsertable(Things.TOTAL))
                .isInstanceOf(BackfillException.class)
                .hasMessageStartingWith("the rows that backfill thing.label would insert could not be counted on ");

        unlockTables(owner);
        assertThat(inspection.parity(Things.TOTAL)).isEqualTo(new Parity(4, 0));
    }

    private void lockTables(Connection owner) throws SQLException {
        switch (product) {
            case SQLITE -> Things.execute(owner, "BEGIN EXCLUSIVE");
            case POSTGRESQL -> {
                Things.execute(owner, "BEGIN");
                Things.execute(owner, "LOCK TABLE thing, tag");
            }
            default -> Things.execute(owner, "LOCK TABLES thing WRITE, tag WRITE");
        }
    }

    private void unlockTables(Connection owner) throws SQLException {
        Things.execute(
                owner, product == TestDatabase.MYSQL || product == TestDatabase.MARIADB ? "UNLOCK TABLES" : "ROLLBACK");
    }

    @Test
    void a_retry_budget_that_runs_out_names_the_conflict_and_the_attempts() throws SQLException {
        things(Keys.RANDOM_TEXTS, 4);
        Connection connection = Hooked.connection(connect(), new Hooked.Hook() {
            @Override
            public void before(String sent) throws SQLException {
                if (Things.isInsertOfTags(sent)) {
                    throw duplicate();
                }
            }
        });
        BackfillEngine engine =
                engine(connection, chunksOf(4).attempts(5).build(), BackfillListener.NONE, new FakeTime());

        assertThatThrownBy(() -> engine.run(Things.TOTAL))
                .hasMessageContaining("keys [")
                .hasMessageContaining("] met a row that another transaction inserted meanwhile at attempt 5: ")
                .rootCause()
                .satisfies(last -> assertThat(last.getSuppressed())
                        .as("the attempt before")
                        .hasSize(1));
    }

    private SQLException duplicate() {
        return switch (product) {
            case POSTGRESQL -> new SQLException("duplicate key value violates unique constraint \"tag_pkey\"", "23505");
            case SQLITE -> new SQLException("[SQLITE_CONSTRAINT_PRIMARYKEY] A PRIMARY KEY constraint failed", null, 19);
            default -> new SQLException("Duplicate entry 'a-label' for key 'tag.PRIMARY'", "23000", 1062);
        };
    }

    @Test
    void a_throttle_query_holds_the_next_chunk_until_it_answers_0() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, 4);
        things.execute("CREATE TABLE replication (seconds DECIMAL(6, 3))");
        things.execute("INSERT INTO replication VALUES (2.5)");
        var time = new FakeTime();
        time.onSleep(slept -> {
            if (time.sleeps().size() == 90) {
                execute(things, "UPDATE replication SET seconds = 0.000");
            }
        });
        List<String> reasons = new ArrayList<>();
        var listener = new BackfillListener() {
            @Override
            public void waiting(String backfill, String reason, Duration duration) {
                assertThat(noTag(things)).isTrue();
                reasons.add(reason);
            }
        };

        engine(chunksOf(2).throttleQuery("SELECT seconds FROM replication").build(), listener, time)
                .run(Things.TOTAL);

        assertThat(reasons).hasSize(90).allSatisfy(reason -> assertThat(reason)
                .matches("the throttle query answers 2\\.50*"));
        things.assertParity();
    }

    private static void execute(Things things, String sql) {
        try {
            things.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean noTag(Things things) {
        try {
            return things.tags().isEmpty();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_pause_follows_each_chunk_and_a_deadline_ends_it() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, 10);
        var time = new FakeTime();
        BackfillOptions options = chunksOf(2).pause(Duration.ofMinutes(2)).build();

        BackfillResult result = engine(options.until(time.now().plusSeconds(290)), BackfillListener.NONE, time)
                .run(Things.TOTAL);

        assertThat(result.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(result.counts().chunks()).isEqualTo(3);
        assertThat(time.slept()).as("not a moment longer").isEqualTo(Duration.ofSeconds(290));
        assertThat(things.tags()).hasSize(6);
    }
}
