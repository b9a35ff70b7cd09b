package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Failure;
import liquibase.ext.backfill.dialects.Schema;

/**
 * The table of checkpoints, one row per backfill.
 *
 * @param schema where it lives
 * @param name its name, in the case in which Liquibase writes it
 */
public record CheckpointTable(Schema schema, String name) {
    /** Beside the tables of the connection, under the name that it has next to Liquibase's own. */
    public static final CheckpointTable DEFAULT = new CheckpointTable(Schema.DEFAULT, "DATABASECHANGELOGBACKFILL");

    /** Its name as it stands in a statement. */
    String qualified(Dialect dialect) {
        return dialect.qualified(schema, dialect.folded(name));
    }

    /** The statement that creates it, for whoever may. */
    public String ddl(Dialect dialect) {
        return """
                CREATE TABLE %1$s (
                  NAME VARCHAR(255) NOT NULL PRIMARY KEY,
                  FINGERPRINT VARCHAR(64) NOT NULL,
                  STATE VARCHAR(20) NOT NULL,
                  OWNER VARCHAR(255),
                  VERSION BIGINT NOT NULL,
                  LEASE_MILLIS BIGINT,
                  KEY_REACHED TEXT,
                  UPPER_BOUND TEXT,
                  ROWS_SCANNED BIGINT NOT NULL,
                  ROWS_INSERTED BIGINT NOT NULL,
                  ROWS_REFUSED BIGINT NOT NULL,
                  CHUNKS BIGINT NOT NULL,
                  RETRIES BIGINT NOT NULL,
                  STARTED %2$s,
                  UPDATED %2$s,
                  FINISHED %2$s,
                  LAST_ERROR TEXT
                ) %3$s""".formatted(qualified(dialect), dialect.timestampType(), dialect.tableOptions())
                .strip();
    }

    /**
     * Creates the table if it is not there. That another runner creates it at the same moment is no failure.
     *
     * @param backfill which needs it, for the message
     * @throws BackfillException if it is not there and cannot be created; the message holds the statement to run
     */
    void createIfAbsent(Connection connection, Dialect dialect, String backfill) throws SQLException {
        if (exists(connection, dialect)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(ddl(dialect));
        } catch (SQLException e) {
            if (exists(connection, dialect)) {
                return;
            }
            if (mayPass(dialect.classify(e))) {
                throw e;
            }
            throw new BackfillException(
                    """
                    backfill %s cannot run on %s: the checkpoint table %s is missing and could not be created: %s. \
                    Nothing was changed. Let somebody who may create tables run this once, and grant this user SELECT, \
                    INSERT and UPDATE on it:
                    %s""".formatted(
                            backfill, DatabaseName.of(connection), qualified(dialect), Reason.of(e), ddl(dialect)),
                    e);
        }
    }

    private static boolean mayPass(Failure failure) {
        return failure.isTransient() || failure == Failure.CONNECTION_LOST;
    }

    /**
     * Asked by reading it: that works on every database, sees what this user sees, and takes no lock.
     *
     * @throws SQLException if the database could not answer just now
     */
    boolean exists(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("SELECT NAME FROM %s WHERE 1 = 0".formatted(qualified(dialect)))
                    .close();
            return true;
        } catch (SQLException e) {
            if (mayPass(dialect.classify(e))) {
                throw e;
            }
            return false;
        }
    }
}
