package liquibase.ext.backfill.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import liquibase.ext.backfill.testing.FreshDatabase;

/** A connection of a test's own, which is another one when the server died. Not for several threads at once. */
final class Session implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    private final FreshDatabase database;
    private Connection connection;

    Session(FreshDatabase database) {
        this.database = database;
    }

    Connection connection() throws SQLException {
        if (connection == null || !connection.isValid(PATIENCE_SECONDS)) {
            connection = FaultContract.connect(database);
        }
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection().createStatement()) {
            statement.execute(sql);
        }
    }

    /** Does nothing while there is no such table. */
    void executeUnlessMissing(String sql) throws SQLException {
        try {
            execute(sql);
        } catch (SQLException e) {
            requireMissingTable(e);
        }
    }

    /** 0 also while there is no such table. */
    long number(String query) throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            requireMissingTable(e);
            return 0;
        }
    }

    private static void requireMissingTable(SQLException e) throws SQLException {
        if (!e.getMessage().toLowerCase(Locale.ROOT).matches("(?s).*(no such table|doesn't exist|does not exist).*")) {
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }
}
