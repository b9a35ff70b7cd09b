package liquibase.ext.backfill.startup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.SearchPathSql;
import liquibase.ext.backfill.dialects.UnsupportedDatabaseException;

/**
 * Where a connection looks first for tables that are named without a schema, as it was before anybody changed it: Liquibase
 * before 5 sets it for the session too, whether a schema was asked for or not.
 */
final class SearchPath {
    private final Connection connection;
    private final Optional<SearchPathSql> sql;
    private final Optional<String> before;

    private SearchPath(Connection connection, Optional<SearchPathSql> sql, Optional<String> before) {
        this.connection = connection;
        this.sql = sql;
        this.before = before;
    }

    /** To be asked before Liquibase has the connection. */
    static SearchPath of(Connection connection) throws SQLException {
        Optional<SearchPathSql> sql = sql(connection);
        return new SearchPath(connection, sql, sql.isEmpty() ? Optional.empty() : read(connection, sql.get()));
    }

    private static Optional<SearchPathSql> sql(Connection connection) throws SQLException {
        try {
            return Dialects.of(connection).searchPath();
        } catch (UnsupportedDatabaseException e) { // schema changes are none of our business there
            return Optional.empty();
        }
    }

    /** Empty for no path at all, which MySQL cannot go back to. */
    private static Optional<String> read(Connection connection, SearchPathSql sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql.read())) {
            row.next();
            return Optional.ofNullable(row.getString(1));
        }
    }

    /** Not left to Liquibase, some of whose versions set it for a transaction only. */
    void beginWith(String schema) throws SQLException {
        if (sql.isPresent()) {
            write(sql.get().beginningWith().apply(schema));
        }
    }

    /** Written only where it is another one now: what is set by itself, by the role or the database, is to stay so. */
    void putBack() throws SQLException {
        if (before.isPresent()) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            if (!before.equals(read(connection, sql.orElseThrow()))) {
                write(before.get());
            }
        }
    }

    private void write(String path) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.orElseThrow().write().formatted(path));
        }
        if (!connection.getAutoCommit()) {
            connection.commit(); // a rollback would undo it
        }
    }
}
