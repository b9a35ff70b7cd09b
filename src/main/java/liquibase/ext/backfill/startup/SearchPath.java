package liquibase.ext.backfill.startup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Setting;
import liquibase.ext.backfill.dialects.UnsupportedDatabaseException;

/** Where a connection looks first for tables that are named without a schema: somewhere else for a while. */
final class SearchPath {
    private final Connection connection;
    private final Optional<String> undo;

    private SearchPath(Connection connection, Optional<String> undo) {
        this.connection = connection;
        this.undo = undo;
    }

    static SearchPath asItIs(Connection connection) {
        return new SearchPath(connection, Optional.empty());
    }

    /** Not left to Liquibase, some of whose versions set it for a transaction only. */
    static SearchPath to(String schema, Connection connection) throws SQLException {
        Optional<Setting> setting = setting(schema, connection);
        if (setting.isEmpty()) {
            return asItIs(connection);
        }
        String write = setting.get().write();
        Optional<String> before;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(setting.get().read())) {
            row.next();
            before = Optional.ofNullable(row.getString(1)); // MySQL cannot go back to no database at all
        }
        var path = new SearchPath(connection, before.map(write::formatted));
        path.write(write.formatted(setting.get().value()));
        return path;
    }

    private static Optional<Setting> setting(String schema, Connection connection) throws SQLException {
        try {
            return Dialects.of(connection).searchPath(schema);
        } catch (UnsupportedDatabaseException e) { // schema changes are none of our business there
            return Optional.empty();
        }
    }

    void putBack() throws SQLException {
        if (undo.isPresent()) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            write(undo.get());
        }
    }

    private void write(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        if (!connection.getAutoCommit()) {
            connection.commit(); // a rollback would undo it
        }
    }
}
