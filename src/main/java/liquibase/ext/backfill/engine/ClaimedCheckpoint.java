package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import liquibase.ext.backfill.dialects.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint in the hands of the runner that claimed it. Every write names the claim (owner and version), so that a
 * runner whose claim was taken over changes nothing and notices.
 */
final class ClaimedCheckpoint {
    private static final String FENCE = " WHERE NAME = ? AND OWNER = ? AND VERSION = ? AND STATE = 'RUNNING'";

    private final Connection connection;
    private final Dialect dialect;
    private final String table;
    private final Claim claim;

    ClaimedCheckpoint(Connection connection, Dialect dialect, String table, Claim claim) {
        this.connection = connection;
        this.dialect = dialect;
        this.table = table;
        this.claim = claim;
    }

    /** What an earlier run left of its pass. */
    Optional<KeyRange> unfinished() {
        return claim.unfinished();
    }

    /** Begins a pass: up to which key it goes. */
    void beginPass(String upperBound) throws SQLException {
        write("KEY_REACHED = NULL, UPPER_BOUND = ?, UPDATED = " + dialect.now(), upperBound);
    }

    /** Moves on to a chunk's last key. To be the first statement of the chunk's transaction. */
    void advance(Chunk chunk) throws SQLException {
        write(
                "KEY_REACHED = ?, ROWS_SCANNED = ROWS_SCANNED + ?, CHUNKS = CHUNKS + 1, UPDATED = " + dialect.now(),
                chunk.range().high(),
                chunk.rows());
    }

    /** Adds what a chunk did. */
    void count(long inserted, long refused, long retries) throws SQLException {
        write(
                "ROWS_INSERTED = ROWS_INSERTED + ?, ROWS_REFUSED = ROWS_REFUSED + ?, RETRIES = RETRIES + ?, UPDATED = "
                        + dialect.now(),
                inserted,
                refused,
                retries);
    }

    /** Gives a sign of life while the run waits. */
    void renew() throws SQLException {
        write("UPDATED = " + dialect.now());
    }

    /** Ends the claim. */
    void end(CheckpointState state, Optional<String> error) throws SQLException {
        String assignments = "STATE = ?, LAST_ERROR = ?, UPDATED = %1$s, FINISHED = %1$s".formatted(dialect.now());
        write(assignments, CheckpointState.RUNNING.then(state).name(), error.orElse(null));
    }

    private void write(String assignments, @Nullable Object... values) throws SQLException {
        String update = "UPDATE %s SET %s%s".formatted(table, assignments, FENCE);
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            int index = 1;
            for (@Nullable Object value : values) {
                statement.setObject(index++, value);
            }
            statement.setString(index++, claim.name());
            statement.setString(index++, claim.owner());
            statement.setLong(index, claim.version());
            if (statement.executeUpdate() != 1 && !holds()) {
                throw new ClaimLostException(claim);
            }
        }
    }

    /** A connection with {@code useAffectedRows} counts no row that was updated to what it was. */
    private boolean holds() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM " + table + FENCE)) {
            statement.setString(1, claim.name());
            statement.setString(2, claim.owner());
            statement.setLong(3, claim.version());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
