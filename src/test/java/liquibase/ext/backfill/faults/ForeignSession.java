package liquibase.ext.backfill.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.ext.backfill.testing.TestDatabase;

/** A session of a server as its operator sees it, who may interfere with it. */
record ForeignSession(TestDatabase product, long id) {
    static ForeignSession of(TestDatabase product, Connection connection) throws SQLException {
        String query = product == TestDatabase.POSTGRESQL ? "SELECT pg_backend_pid()" : "SELECT CONNECTION_ID()";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return new ForeignSession(product, row.getLong(1));
        }
    }

    /** The statement that ends it. */
    String ending() {
        return (product == TestDatabase.POSTGRESQL ? "SELECT pg_terminate_backend(%d)" : "KILL %d").formatted(id);
    }

    /** The statement that cancels what it is at, and nothing else. */
    String cancelling() {
        return (product == TestDatabase.POSTGRESQL ? "SELECT pg_cancel_backend(%d)" : "KILL QUERY %d").formatted(id);
    }
}
