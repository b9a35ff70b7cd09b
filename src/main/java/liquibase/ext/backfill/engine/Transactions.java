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
        connection.setTransactionIsolation(isolation.level());
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            abandon(isolationBefore, e);
            throw e;
        }
        leave(isolationBefore);
    }

    /** Rolls back. What fails in doing so belongs to the failure that is on its way already. */
    private void abandon(int isolationBefore, Exception failure) {
        try {
            connection.rollback();
            leave(isolationBefore);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private void leave(int isolationBefore) throws SQLException {
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(isolationBefore);
    }
}
