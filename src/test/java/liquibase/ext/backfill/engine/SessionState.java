package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import liquibase.ext.backfill.testing.TestDatabase;

/** What a session has been told, in the words of its server. */
public record SessionState(TestDatabase product) {
    public String of(Connection connection) throws SQLException {
        List<String> state = new ArrayList<>();
        state.add("autocommit = " + connection.getAutoCommit());
        state.add("isolation = " + connection.getTransactionIsolation());
        try (Statement statement = connection.createStatement()) {
            for (String query : queries()) {
                try (ResultSet row = statement.executeQuery(query)) {
                    row.next();
                    state.add(query + " = " + row.getString(1));
                }
            }
        }
        return String.join("\n", state);
    }

    private List<String> queries() {
        return switch (product) {
            case POSTGRESQL ->
                List.of(
                        "SHOW default_transaction_isolation",
                        "SHOW lock_timeout",
                        "SHOW statement_timeout",
                        "SHOW plan_cache_mode",
                        "SHOW search_path");
            case SQLITE -> List.of("PRAGMA busy_timeout", "PRAGMA read_uncommitted");
            case MYSQL -> variables("transaction_isolation", "max_execution_time");
            case MARIADB -> variables("tx_isolation", "max_statement_time");
        };
    }

    private static List<String> variables(String... own) {
        List<String> queries = new ArrayList<>();
        for (String name : own) {
            queries.add("SELECT @@SESSION." + name);
        }
        for (String name : List.of("autocommit", "innodb_lock_wait_timeout", "lock_wait_timeout", "sql_mode")) {
            queries.add("SELECT @@SESSION." + name);
        }
        queries.add("SELECT DATABASE()");
        return queries;
    }
}
