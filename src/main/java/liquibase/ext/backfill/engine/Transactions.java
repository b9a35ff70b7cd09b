package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import liquibase.ext.backfill.dialects.Dialect;

/**
 * Transactions on a connection that commits by itself in between. Autocommit is off only inside: the SQLite driver
 * opens the next transaction with each commit, and with it would keep others out.
 */
final class Transactions {
    private final Connection connection;
    private final Isolation isolation;
    private final Optional<String> ownIsolation;

    Transactions(Connection connection, Dialect dialect, Isolation isolation) {
        this.connection = connection;
        this.isolation = isolation;
        this.ownIsolation = dialect.isolate(isolation.inSql());
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
        if (ownIsolation.isPresent()) {
            commit(() -> {
                execute(ownIsolation.get());
                work.run();
            });
            return;
        }
        int isolationBefore = connection.getTransactionIsolation();
        try {
            connection.setTransactionIsolation(isolation.level());
            commit(work);
        } catch (SQLException | RuntimeException | Error e) {
            attempt(e, () -> connection.setTransactionIsolation(isolationBefore));
            throw e;
        }
        connection.setTransactionIsolation(isolationBefore);
    }

    private void commit(Work work) throws SQLException {
        try {
            connection.setAutoCommit(false);
            work.run();
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            abandon(e);
            throw e;
        }
        connection.setAutoCommit(true);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rolls back and leaves, each step whether or not the one before it succeeded. */
    private void abandon(Throwable failure) {
        attempt(failure, () -> {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        });
        attempt(failure, () -> connection.setAutoCommit(true));
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
