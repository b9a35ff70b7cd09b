package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One INSERT … SELECT with an anti-join, as it is written without further thought. */
final class NaiveMigration {
    private static final String MISSING = """
            FROM thing s LEFT JOIN tag t ON t.thing_id = s.id AND t.name = 'label'
            WHERE t.thing_id IS NULL""";

    private NaiveMigration() {}

    /** The guard in front of it, inside the same transaction. */
    static long countMissing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) " + MISSING)) {
            row.next();
            return row.getLong(1);
        }
    }

    static void insertMissing(Connection connection) throws SQLException {
        Things.execute(
                connection,
                "INSERT INTO tag (thing_id, name, content) SELECT s.id, 'label', COALESCE(s.label, '') " + MISSING);
    }

    static void begin(Connection connection, Isolation isolation) throws SQLException {
        connection.setTransactionIsolation(isolation.level());
        connection.setAutoCommit(false);
    }

    /** What became of it, in a few words that stand in the documentation too. */
    static String outcome(SQLException failure) {
        String code = failure.getErrorCode() == 0 ? failure.getSQLState() : Integer.toString(failure.getErrorCode());
        return code
                + switch (code) {
                    case "1062", "23505" -> " duplicate key";
                    case "1213" -> " deadlock";
                    case "40001" -> " serialization failure";
                    case "5" -> " BUSY";
                    default -> " " + failure.getMessage();
                };
    }
}
