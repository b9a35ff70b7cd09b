package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Failure;

/** Finds the checkpoints of all backfills, and gives a runner the claim to one. */
final class Checkpoints {
    private final Connection connection;
    private final Dialect dialect;
    private final CheckpointTable checkpointTable;
    private final String table;

    Checkpoints(Connection connection, Dialect dialect, CheckpointTable table) {
        this.connection = connection;
        this.dialect = dialect;
        this.checkpointTable = table;
        this.table = table.qualified(dialect);
    }

    /** Sees to it that there is a table for them. What fails is said in the name of the backfill that needs it. */
    void createTableIfAbsent(String backfill) throws SQLException {
        checkpointTable.createIfAbsent(connection, dialect, backfill);
    }

    /** The checkpoint of a claim, for its runner to write to. */
    ClaimedCheckpoint of(Claim claim) {
        return new ClaimedCheckpoint(connection, dialect, table, claim);
    }

    Optional<Checkpoint> find(String name) throws SQLException {
        String query = """
                SELECT NAME, FINGERPRINT, STATE, OWNER, VERSION, LEASE_MILLIS, KEY_REACHED, UPPER_BOUND,
                       ROWS_SCANNED, ROWS_INSERTED, ROWS_REFUSED, CHUNKS, RETRIES, UPDATED, %s, %s, LAST_ERROR
                FROM %s WHERE NAME = ?""".formatted(dialect.secondsSince("UPDATED"), dialect.secondsSince("STARTED"), table);
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(checkpoint(row)) : Optional.empty();
            }
        }
    }

    private static Checkpoint checkpoint(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getString(1),
                row.getString(2),
                CheckpointState.valueOf(row.getString(3)),
                Optional.ofNullable(row.getString(4)),
                row.getLong(5),
                Duration.ofMillis(row.getLong(6)),
                Optional.ofNullable(row.getString(7)),
                Optional.ofNullable(row.getString(8)),
                new Checkpoint.Counts(
                        row.getLong(9), row.getLong(10), row.getLong(11), row.getLong(12), row.getLong(13)),
                row.getString(14),
                row.getDouble(15),
                row.getDouble(16),
                Optional.ofNullable(row.getString(17)));
    }

    /**
     * What became of the wish to claim a backfill: a claim, or the checkpoint of the other runner.
     *
     * @param alive whether the other has shown during the attempt itself that it is alive
     */
    record Attempt(Optional<Claim> claim, Optional<Checkpoint> busy, boolean alive) {}

    /**
     * Claims a backfill, unless another runner is at work at it and has given a sign of life within that one's lease.
     *
     * @param lease for how long this runner counts as alive without a sign of life
     * @param silentForItsLease whether a checkpoint was watched for its whole lease and stayed as it is; asked where the
     *     database's clock cannot tell
     * @return the claim, or the checkpoint of the other runner
     */
    Attempt claim(BackfillDefinition definition, String owner, Duration lease, Predicate<Checkpoint> silentForItsLease)
            throws SQLException {
        if (find(definition.name()).isEmpty()) {
            insert(definition);
        }
        Checkpoint before = present(definition.name());
        if (before.isHeld() && !(before.isFromTheFuture() && silentForItsLease.test(before))) {
            return new Attempt(Optional.empty(), Optional.of(before), false);
        }
        return take(before, definition, owner, lease)
                ? new Attempt(Optional.of(claimed(before, definition, owner)), Optional.empty(), false)
                : new Attempt(Optional.empty(), Optional.of(present(definition.name())), true);
    }

    private Checkpoint present(String name) throws SQLException {
        return find(name).orElseThrow(() -> new SQLException("the row %s of %s vanished".formatted(name, table)));
    }

    private static Claim claimed(Checkpoint before, BackfillDefinition definition, String owner) {
        return new Claim(
                definition.name(),
                owner,
                before.version() + 1,
                before.resumes(definition) ? before.unfinished() : Optional.empty(),
                before.belongsTo(definition) ? Optional.empty() : Optional.of("its definition has changed"));
    }

    private void insert(BackfillDefinition definition) throws SQLException {
        String insert = """
                INSERT INTO %s (NAME, FINGERPRINT, STATE, VERSION,
                                ROWS_SCANNED, ROWS_INSERTED, ROWS_REFUSED, CHUNKS, RETRIES, UPDATED)
                VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0, %s)""".formatted(table, dialect.now());
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, definition.name());
            statement.setString(2, definition.fingerprint());
            statement.setString(3, CheckpointState.NEW.name());
            statement.executeUpdate();
        } catch (SQLException e) {
            if (dialect.classify(e) != Failure.DUPLICATE) { // another runner was first: its row serves as well
                throw e;
            }
        }
    }

    /**
     * The lease is looked at again in the update itself: a runner whose long chunk ends while this waits for its row
     * has just given a sign of life. To MySQL, whose clock stands still while a statement waits, that one lies in the
     * future; so the future counts for nothing only where it did before.
     *
     * @return whether it was taken
     */
    private boolean take(Checkpoint before, BackfillDefinition definition, String owner, Duration lease)
            throws SQLException {
        boolean resumes = before.resumes(definition);
        String fresh = """
                , STARTED = %s, KEY_REACHED = NULL, UPPER_BOUND = NULL, LAST_ERROR = NULL,
                ROWS_SCANNED = 0, ROWS_INSERTED = 0, ROWS_REFUSED = 0, CHUNKS = 0, RETRIES = 0""".formatted(dialect.now());
        String update = """
                UPDATE %1$s SET OWNER = ?, VERSION = VERSION + 1, LEASE_MILLIS = ?, FINGERPRINT = ?, STATE = ?, UPDATED = %2$s,
                FINISHED = NULL%3$s
                WHERE NAME = ? AND VERSION = ? AND (STATE <> ? OR %4$s >= LEASE_MILLIS / 1000.0%5$s)""".formatted(
                        table,
                        dialect.now(),
                        resumes ? "" : fresh,
                        dialect.secondsSince("UPDATED"),
                        before.isFromTheFuture() ? " OR " + dialect.secondsSince("UPDATED") + " < 0" : "");
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setString(1, owner);
            statement.setLong(2, lease.toMillis());
            statement.setString(3, definition.fingerprint());
            statement.setString(4, before.state().then(CheckpointState.RUNNING).name());
            statement.setString(5, before.name());
            statement.setLong(6, before.version());
            statement.setString(7, CheckpointState.RUNNING.name());
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (dialect.classify(e) == Failure.LOCK_TIMEOUT) { // an open chunk holds the row: its runner is alive
                return false;
            }
            throw e;
        }
    }
}
