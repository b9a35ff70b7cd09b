package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Transactions on a connection that commits by itself in between. Autocommit is off only inside: the SQLite driver
 * opens the next transaction with each commit, and with it would keep others out.
 */
final class Transactions {
    private final Connection connection;
    private final Isolation isolation;

    Transactions(Connection connection, Isolation isolation) {
        this.connection = connection;
        this.isolation = isolation;
    }

    /** What happens inside a transaction. */
    interface Work {
        void run() throws SQLException;
    }

    /**
     * Does the work and commits it. On any failure nothing of it is kept, unless the connection was lost during the
     * commit; the isolation and autocommit are as before in every case.
     */
    void run(Work work) throws SQLException {
        int isolationBefore = connection.getTransactionIsolation();
        try {
            connection.setTransactionIsolation(isolation.level());
            connection.setAutoCommit(false);
            work.run();
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            abandon(isolationBefore, e);
            throw e;
        }
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(isolationBefore);
    }

    /** Rolls back and leaves, each step whether or not the one before it succeeded. */
    private void abandon(int isolationBefore, Throwable failure) {
        attempt(failure, () -> {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        });
        attempt(failure, () -> connection.setAutoCommit(true));
        attempt(failure, () -> connection.setTransactionIsolation(isolationBefore));
    }

    /** What fails here belongs to the failure that is on its way already. */
    private static void attempt(Throwable failure, Work step) {
        try {
            step.run();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
