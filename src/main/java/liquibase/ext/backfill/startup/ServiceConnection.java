package liquibase.ext.backfill.startup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.ext.backfill.engine.Reason;

/** A connection of a service in the hands of Liquibase. It goes back as it came, or not at all. */
final class ServiceConnection implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    private final Connection connection;
    private final Database database;
    private final SearchPath path;
    private boolean lost;

    private ServiceConnection(Connection connection, Database database, SearchPath path) {
        this.connection = connection;
        this.database = database;
        this.path = path;
    }

    /**
     * Takes a connection.
     *
     * @param defaultSchema where tables are looked for first
     * @throws ConnectionLostException if there is none
     */
    static ServiceConnection open(DataSource dataSource, Optional<String> defaultSchema) throws Exception {
        Connection connection;
        try {
            connection = dataSource.getConnection();
        } catch (SQLException | RuntimeException e) {
            throw ConnectionLostException.before(e);
        }
        try {
            return of(connection, defaultSchema);
        } catch (Exception e) {
            Exception failure = isAlive(connection) ? e : ConnectionLostException.before(e);
            attempt(connection::close).ifPresent(failure::addSuppressed);
            throw failure;
        }
    }

    private static ServiceConnection of(Connection connection, Optional<String> defaultSchema) throws Exception {
        SearchPath path = SearchPath.of(connection);
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        if (defaultSchema.isPresent()) {
            database.setDefaultSchemaName(defaultSchema.get());
            path.beginWith(database.getDefaultSchemaName());
        }
        return new ServiceConnection(connection, database, path);
    }

    Database database() {
        return database;
    }

    /** What failed on it, as a lost connection if it is one: the database itself is asked. */
    Exception judged(Exception failure) {
        lost = !isAlive(connection);
        return lost ? ConnectionLostException.during(failure) : failure;
    }

    private static boolean isAlive(Connection connection) {
        try {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    /** What was done is done, so a failure is no more than a warning; of a lost connection none is needed. */
    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        attempt(path::putBack).ifPresent(failures::add);
        attempt(database::close).ifPresent(failures::add);
        attempt(connection::close).ifPresent(failures::add); // which Liquibase leaves out where its rollback fails
        if (!failures.isEmpty() && !lost) {
            Scope.getCurrentScope()
                    .getLog(ServiceStartup.class)
                    .warning(
                            "A connection could not be given back as it came: %s Nothing was lost by that."
                                    .formatted(Reason.sentence(failures.get(0))),
                            failures.get(0));
        }
    }

    private interface Action {
        void act() throws Exception;
    }

    private static Optional<Exception> attempt(Action action) {
        try {
            action.act();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(e);
        }
    }
}
