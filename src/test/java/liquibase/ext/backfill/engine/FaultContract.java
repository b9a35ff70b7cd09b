package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a run sends to the database may be the last thing it sends. */
abstract class FaultContract extends EngineContract {
    private static final int ROWS = 3;
    private static final Pattern OF_THE_SESSION = Pattern.compile("SET|PRAGMA|SHOW|SELECT @@");

    FaultContract(TestDatabase product) {
        super(product);
    }

    /** What goes wrong. */
    enum Fault {
        CUT_BEFORE,
        CUT_AFTER,
        ERROR_BEFORE,
        ERROR_AFTER
    }

    /** Lets the n-th statement, commit, rollback or change of autocommit go wrong. */
    private static class FaultAt implements Hooked.Hook {
        private final Connection real;
        private final Fault fault;
        private final int n;
        private int sent;

        FaultAt(Connection real, Fault fault, int n) {
            this.real = real;
            this.fault = fault;
            this.n = n;
        }

        boolean happened() {
            return sent >= n;
        }

        @Override
        public void before(String what) throws SQLException {
            if (++sent == n && (fault == Fault.CUT_BEFORE || fault == Fault.ERROR_BEFORE)) {
                fail();
            }
        }

        @Override
        public void after(String what) throws SQLException {
            if (sent == n && (fault == Fault.CUT_AFTER || fault == Fault.ERROR_AFTER)) {
                fail();
            }
        }

        private void fail() throws SQLException {
            if (fault == Fault.CUT_BEFORE || fault == Fault.CUT_AFTER) {
                real.close(); // what is open is rolled back
            }
            throw new SQLException("fault " + n, "58000", 99_999);
        }
    }

    @ParameterizedTest
    @EnumSource
    void wherever_a_run_breaks_off_the_next_one_completes_it(Fault fault) throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        int n = 0;
        boolean brokeOff;
        do {
            n++;
            things.reset();
            brokeOff = runWithFault(fault, n);
            if (brokeOff) {
                things.letTheLeaseEnd();
            }
            runWithoutFault();
            things.assertParity();
            assertThat(things.checkpoint().state()).isEqualTo(CheckpointState.COMPLETE);
            assertThat(things.checkpoint().counts().scanned())
                    .as("fault %s at %d", fault, n)
                    .isLessThanOrEqualTo(ROWS);
        } while (brokeOff);
        assertThat(n).as("there is something to break off").isGreaterThan(20);
    }

    /** Of the hundreds of runs none needs to survive a loss of power. */
    private Connection hurried() throws SQLException {
        Connection connection = database.connect();
        if (product == TestDatabase.SQLITE) {
            Things.execute(connection, "PRAGMA synchronous = OFF");
        }
        return connection;
    }

    /** @return whether the fault happened */
    private boolean runWithFault(Fault fault, int n) throws SQLException {
        try (Connection real = hurried()) {
            var faults = new FaultAt(real, fault, n);
            try {
                BackfillResult result = engine(
                                Hooked.connection(real, faults),
                                chunksOf(2).build(),
                                BackfillListener.NONE,
                                new FakeTime())
                        .run(Things.TOTAL);
                assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED); // it was a question that may fail
            } catch (BackfillException e) {
                assertThat(e)
                        .hasMessageMatching(
                                "(?s)backfill thing.label (failed on|cannot run on .*: the checkpoint table .* (could not|cannot be read)).*");
            }
            return faults.happened();
        }
    }

    private void runWithoutFault() throws SQLException {
        try (Connection connection = hurried()) {
            engine(connection, chunksOf(2).build(), BackfillListener.NONE, new FakeTime())
                    .run(Things.TOTAL);
        }
    }

    @Test
    void whatever_meets_another_transaction_is_repeated_until_the_run_is_complete() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        SQLException conflict = conflict();
        int n = 0;
        var met = new boolean[1];
        do {
            n++;
            things.reset();
            runWithConflict(n, conflict, met);
            things.assertParity();
            assertThat(things.checkpoint().counts().scanned()).isEqualTo(ROWS);
        } while (met[0]);
        assertThat(n).isGreaterThan(20);
    }

    private void runWithConflict(int n, SQLException conflict, boolean[] met) throws SQLException {
        var sent = new int[1];
        try (Connection real = hurried()) {
            Connection connection = Hooked.connection(real, new Hooked.Hook() {
                @Override
                public void before(String what) throws SQLException {
                    boolean mayConflict = what.equals("commit")
                            || (what.contains(" ")
                                    && !OF_THE_SESSION.matcher(what).lookingAt());
                    if (mayConflict && ++sent[0] == n) {
                        throw new SQLException(conflict.getMessage(), conflict.getSQLState(), conflict.getErrorCode());
                    }
                }
            });
            BackfillResult result = engine(connection, chunksOf(2).build(), BackfillListener.NONE, new FakeTime())
                    .run(Things.TOTAL);
            assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        }
        met[0] = sent[0] >= n;
    }

    private SQLException conflict() {
        return switch (product) {
            case POSTGRESQL -> new SQLException("could not serialize access", "40001");
            case SQLITE -> new SQLException("[SQLITE_BUSY] The database file is locked", null, 5);
            default -> new SQLException("Deadlock found when trying to get lock", "40001", 1213);
        };
    }

    @ParameterizedTest
    @EnumSource
    void the_session_is_as_before_wherever_a_run_broke_off_or_not(Isolation isolation) throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        Connection real = connect();
        boolean happened;
        int n = 0;
        do {
            n++;
            things.reset();
            real.setTransactionIsolation(
                    product == TestDatabase.SQLITE
                            ? Connection.TRANSACTION_READ_UNCOMMITTED
                            : Connection.TRANSACTION_REPEATABLE_READ);
            String before = new SessionState(product).of(real);
            var faults = new FaultAt(real, Fault.ERROR_BEFORE, n) {
                @Override
                public void before(String what) throws SQLException {
                    if (!what.startsWith("SET SESSION")
                            && !what.startsWith("PRAGMA")
                            && !what.equals("setAutoCommit")) {
                        super.before(what); // if putting back itself fails, nothing helps
                    }
                }
            };
            try {
                engine(
                                Hooked.connection(real, faults),
                                chunksOf(2).isolation(isolation).build(),
                                BackfillListener.NONE,
                                new FakeTime())
                        .run(Things.TOTAL);
            } catch (BackfillException e) {
                assertThat(e).hasStackTraceContaining("fault " + n);
            }
            happened = faults.happened();
            assertThat(new SessionState(product).of(real))
                    .as("after fault %d", n)
                    .isEqualTo(before);
        } while (happened);
        assertThat(n).isGreaterThan(20);
    }

    @Test
    void a_connection_without_autocommit_has_none_afterwards() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        Connection connection = connect();
        connection.setAutoCommit(false);

        engine(connection, chunksOf(2).build(), BackfillListener.NONE, new FakeTime())
                .run(Things.TOTAL);

        assertThat(connection.getAutoCommit()).isFalse();
        connection.rollback();
        things.assertParity();
    }
}
