package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Setting;
import liquibase.ext.backfill.dialects.Timeouts;

/** Makes a connection ready for a run, and puts back what was changed when the run ends. */
final class SessionSettings implements AutoCloseable {
    private final Connection connection;
    private final boolean autoCommitBefore;
    private final Deque<String> restoring = new ArrayDeque<>();

    private SessionSettings(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommitBefore = connection.getAutoCommit();
    }

    /** @param connection without an open transaction */
    static SessionSettings apply(Connection connection, Dialect dialect, Timeouts timeouts) throws SQLException {
        var settings = new SessionSettings(connection);
        try {
            connection.setAutoCommit(true);
            for (Setting setting : dialect.sessionSettings(timeouts)) {
                settings.apply(setting);
            }
        } catch (SQLException e) {
            settings.closeAfter(e);
            throw e;
        }
        return settings;
    }

    private void apply(Setting setting) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String before;
            try (ResultSet row = statement.executeQuery(setting.read())) {
                row.next();
                before = row.getString(1);
            }
            restoring.push(setting.write().formatted(before));
            statement.execute(setting.write().formatted(setting.value()));
        }
    }

    private void closeAfter(SQLException failure) {
        try {
            close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** A connection that was lost has nothing to put back. */
    @Override
    public void close() throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            while (!restoring.isEmpty()) {
                statement.execute(restoring.pop());
            }
        } finally {
            connection.setAutoCommit(autoCommitBefore);
        }
    }
}
