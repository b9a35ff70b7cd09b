package liquibase.ext.backfill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillInspection;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.CheckpointTable;
import liquibase.ext.backfill.engine.Reason;
import liquibase.ext.backfill.engine.Time;

/**
 * What the engine needs of Liquibase's database: its JDBC connection without an open transaction, and where the tables
 * are.
 *
 * <p>A precondition, a dry run or a command may find a transaction of Liquibase's open, which on PostgreSQL would forbid
 * setting the isolation. It is rolled back on the raw connection: Liquibase's own rollback opens the next.
 */
final class JdbcAccess {
    private final Database database;
    private final Connection connection;

    private JdbcAccess(Database database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    /** Empty if there is no database behind it, as with an {@code offline:} URL. */
    static Optional<JdbcAccess> of(Database database) {
        return database.getConnection() instanceof JdbcConnection jdbc
                ? Optional.of(new JdbcAccess(database, jdbc.getUnderlyingConnection()))
                : Optional.empty();
    }

    /** @throws DatabaseException if there is no database behind it */
    static JdbcAccess required(Database database) throws DatabaseException {
        return of(database)
                .orElseThrow(() -> new DatabaseException("a backfill needs a JDBC connection, and "
                        + database.getConnection().getURL() + " has none"));
    }

    /** @throws liquibase.ext.backfill.dialects.UnsupportedDatabaseException if there is no dialect for the database */
    static void requireSupported(Database database) throws DatabaseException {
        Optional<JdbcAccess> access = of(database);
        if (access.isPresent()) {
            access.get().call(Dialects::of);
        }
    }

    /** What is done with the connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Does work on the connection. A transaction that is open before is rolled back, and so is what reads have opened. */
    <T> T call(Work<T> work) throws DatabaseException {
        try {
            return callOutsideTransactions(work);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private <T> T callOutsideTransactions(Work<T> work) throws SQLException {
        if (connection.getAutoCommit()) {
            return work.with(connection);
        }
        connection.rollback();
        T result;
        try {
            result = work.with(connection);
        } catch (SQLException | RuntimeException e) {
            rollbackAfter(e);
            throw e;
        }
        if (!connection.isClosed()) {
            connection.rollback();
        }
        return result;
    }

    /** What fails here belongs to the failure that is on its way already. */
    private void rollbackAfter(Exception failure) {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** An engine on the tables of this database. */
    BackfillEngine engine(Connection connection, BackfillOptions options, BackfillListener listener)
            throws SQLException {
        return new BackfillEngine(connection, schema(database), checkpointTable(), options, listener, Time.system());
    }

    /** What looks at backfills without writing. */
    BackfillInspection inspection(Connection connection, BackfillOptions options) throws SQLException {
        return new BackfillInspection(connection, schema(database), checkpointTable(), options);
    }

    /** Where the tables of a backfill are: where Liquibase looks by default. */
    static Schema schema(Database database) {
        return new Schema(database.getDefaultCatalogName(), database.getDefaultSchemaName());
    }

    /** The checkpoints are kept next to Liquibase's own tables, named like them. */
    private CheckpointTable checkpointTable() {
        return new CheckpointTable(liquibaseSchema(), database.getDatabaseChangeLogTableName() + "BACKFILL");
    }

    private Schema liquibaseSchema() {
        String name = database.getLiquibaseSchemaName();
        // Liquibase 4.29 answers null where no schema is configured for its tables; they are in the default one then.
        return new Schema(database.getLiquibaseCatalogName(), name == null ? database.getDefaultSchemaName() : name);
    }

    /**
     * When Liquibase's lock was granted, by the clock of this process; now, if none is held. How long ago it was is
     * asked of the database, which wrote it by its own clock and in a time zone of its own.
     */
    Instant lockGranted(Connection connection) throws SQLException {
        Dialect dialect = Dialects.of(connection);
        String table =
                dialect.qualified(liquibaseSchema(), dialect.folded(database.getDatabaseChangeLogLockTableName()));
        String query = "SELECT MAX(%s) FROM %s WHERE LOCKGRANTED IS NOT NULL"
                .formatted(dialect.secondsSinceLocal("LOCKGRANTED"), table);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            double seconds = row.next() ? row.getDouble(1) : 0;
            return Instant.now().minusMillis((long) (1000 * Math.max(0, seconds)));
        } catch (SQLException e) {
            throw new SQLException(
                    "the time box begins when the changelog lock was granted, and %s could not be asked for that: %s"
                            .formatted(table, Reason.of(e)),
                    e.getSQLState(),
                    e);
        }
    }
}
