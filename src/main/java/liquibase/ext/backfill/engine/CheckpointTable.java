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
     * @throws BackfillException if it cannot be read, or is not there and cannot be created; the message holds the
     *     statement to run
     */
    void createIfAbsent(Connection connection, Dialect dialect, String backfill) throws SQLException {
        try {
            if (exists(connection, dialect)) {
                return;
            }
        } catch (SQLException e) {
            throw unlessItPasses(e, dialect, () -> unusable("cannot be read", e, connection, dialect, backfill));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(ddl(dialect));
        } catch (SQLException e) {
            if (existsAfter(e, connection, dialect)) {
                return;
            }
            throw unlessItPasses(
                    e,
                    dialect,
                    () -> unusable("is missing and could not be created", e, connection, dialect, backfill));
        }
    }

    private boolean existsAfter(SQLException failure, Connection connection, Dialect dialect) throws SQLException {
        try {
            return exists(connection, dialect);
        } catch (SQLException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    private interface Refusal {
        BackfillException made() throws SQLException;
    }

    /** A failure that may pass is the caller's to repeat. */
    private static BackfillException unlessItPasses(SQLException failure, Dialect dialect, Refusal refusal)
            throws SQLException {
        Failure kind = dialect.classify(failure);
        if (kind.isTransient() || kind == Failure.CONNECTION_LOST) {
            throw failure;
        }
        return refusal.made();
    }

    private BackfillException unusable(
            String how, SQLException cause, Connection connection, Dialect dialect, String backfill)
            throws SQLException {
        return new BackfillException(
                """
                backfill %s cannot run on %s: the checkpoint table %s %s: %s. Nothing was changed. Let somebody who may \
                create tables run this once unless it is there, and grant this user SELECT, INSERT and UPDATE on it:
                %s""".formatted(
                        backfill, DatabaseName.of(connection), qualified(dialect), how, Reason.of(cause), ddl(dialect)),
                cause);
    }

    /**
     * Asked by reading it: that works on every database, sees what this user sees, and takes no lock.
     *
     * @throws SQLException if it could not be read for another reason than that it is not there
     */
    boolean exists(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("SELECT NAME FROM %s WHERE 1 = 0".formatted(qualified(dialect)))
                    .close();
            return true;
        } catch (SQLException e) {
            if (dialect.isMissingTable(e)) {
                return false;
            }
            throw e;
        }
    }
}
