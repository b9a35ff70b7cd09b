package liquibase.ext.backfill.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL, MySQL or MariaDB at an address; started by this JVM or not. */
record SqlServer(ServerAddress address, Runnable stopper) implements Server {
    private static final int UNKNOWN_SESSION = 1094;

    @Override
    public void create(String database) throws SQLException {
        try (Connection connection = administration();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database + (address.isPostgresql() ? "" : " CHARACTER SET utf8mb4"));
        }
    }

    @Override
    public void drop(String database) throws SQLException {
        try (Connection connection = administration();
                Statement statement = connection.createStatement()) {
            if (address.isPostgresql()) {
                statement.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
            } else {
                // Dropping waits for the transactions that sessions left open, for a year by default.
                statement.execute("SET SESSION lock_wait_timeout = 20");
                killSessions(statement, database);
                statement.execute("DROP DATABASE IF EXISTS " + database);
            }
        }
    }

    @Override
    public String url(String database) {
        return address.url(database);
    }

    @Override
    public String user() {
        return address.user();
    }

    @Override
    public String password() {
        return address.password();
    }

    @Override
    public void stop() {
        stopper.run();
    }

    private Connection administration() throws SQLException {
        return DriverManager.getConnection(address.administrationUrl(), address.user(), address.password());
    }

    private static void killSessions(Statement statement, String database) throws SQLException {
        List<Long> sessions = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT id FROM information_schema.processlist WHERE db = '" + database + "'")) {
            while (rows.next()) {
                sessions.add(rows.getLong(1));
            }
        }
        for (long session : sessions) {
            try {
                statement.execute("KILL " + session);
            } catch (SQLException e) {
                if (e.getErrorCode() != UNKNOWN_SESSION) { // It ended by itself meanwhile.
                    throw e;
                }
            }
        }
    }
}
