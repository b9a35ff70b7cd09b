package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Failure;

/**
 * Writes chunks, each in a transaction of its own together with its checkpoint. What fails is repeated, halved or
 * refused, by what the failure means.
 */
final class ChunkWriter {
    /** A chunk that keeps meeting other transactions is halved after so many attempts: a smaller one meets fewer. */
    private static final int ATTEMPTS_BEFORE_HALVING = 3;
    /** The row that a foreign key misses may come back with the next look; more often than this it will not. */
    private static final int FOREIGN_KEY_ATTEMPTS = 3;

    private final RunContext run;
    private final Transactions transactions;
    private final ChunkSize size;
    private final Claim claim;

    ChunkWriter(RunContext run, ChunkSize size, Claim claim) {
        this.run = run;
        this.transactions = new Transactions(run.connection(), run.options().isolation());
        this.size = size;
        this.claim = claim;
    }

    /**
     * Writes what a chunk lacks.
     *
     * @throws ChunkFailedException if it cannot be written
     * @throws RunStopped if the run is to stop before the chunk was repeated; then nothing of it is written
     */
    void write(Chunk chunk) throws SQLException {
        write(chunk, null);
    }

    /** @param refusal why the row of the chunk is to get its last resort, or null if it is to get its value */
    private void write(Chunk chunk, SQLException refusal) throws SQLException {
        SQLException earlier = refusal;
        for (int attempt = 1; ; attempt++) {
            try {
                long startedAt = run.time().nanoTime();
                commit(chunk, refusal, attempt - 1);
                if (attempt == 1) {
                    size.wrote(chunk.rows(), Duration.ofNanos(run.time().nanoTime() - startedAt));
                }
                return;
            } catch (SQLException e) {
                keep(earlier, e);
                earlier = e;
                Failure failure = run.dialect().classify(e);
                if (failure.isTimeout()) {
                    size.timedOut();
                }
                if (halves(chunk, failure, attempt)) {
                    writeHalves(chunk);
                    return;
                }
                if (failure == Failure.DATA && refusal == null) {
                    refuse(chunk, e);
                    return;
                }
                if (!failure.isTransient() || attempt >= attempts(failure)) {
                    throw new ChunkFailedException(chunk, failure, attempt, e);
                }
                run.tally().retried();
                run.pacing().backOff(failure.description(), attempt, () -> run.checkpoints().renew(claim));
            }
        }
    }

    private static void keep(SQLException earlier, SQLException last) {
        if (earlier != null) {
            last.addSuppressed(earlier);
        }
    }

    private static boolean halves(Chunk chunk, Failure failure, int attempt) {
        boolean worthIt = failure == Failure.DATA
                || failure.isTimeout()
                || (failure.isTransient() && attempt >= ATTEMPTS_BEFORE_HALVING);
        return chunk.rows() > 1 && worthIt;
    }

    private int attempts(Failure failure) {
        return failure == Failure.FOREIGN_KEY
                ? Math.min(FOREIGN_KEY_ATTEMPTS, run.options().attempts())
                : run.options().attempts();
    }

    private void commit(Chunk chunk, SQLException refusal, int retries) throws SQLException {
        String insert = refusal == null
                ? run.sql().insertWithin(chunk.range())
                : run.sql().insertLastResortWithin(chunk.range());
        long[] inserted = {0};
        transactions.run(() -> {
            applyTransactionSettings();
            run.checkpoints().advance(claim, chunk);
            inserted[0] = insert(insert, chunk.range());
            run.checkpoints().count(claim, inserted[0], refusal == null ? 0 : 1, retries);
        });
        run.tally().committed(chunk, inserted[0]);
        if (refusal != null) {
            run.tally().refused(new RefusedRow(chunk.range().high(), refusal.getMessage()));
        }
    }

    private void writeHalves(Chunk chunk) throws SQLException {
        Optional<Chunk> first = run.reads().chunk(chunk.range(), chunk.rows() / 2);
        if (first.isEmpty()) {
            return; // its rows were deleted meanwhile
        }
        run.pacing().checkStop();
        write(first.get());
        run.pacing().checkStop();
        var rest = KeyRange.after(first.get().range().high(), chunk.range().high());
        write(new Chunk(rest, Math.max(1, chunk.rows() - first.get().rows())));
    }

    /**
     * Gives the one row of a chunk its last resort, after it was refused by itself: what failed in a wider range may be
     * another row, which came into it meanwhile.
     */
    private void refuse(Chunk chunk, SQLException reason) throws SQLException {
        var only = new Chunk(KeyRange.only(chunk.range().high()), 1);
        write(only, chunk.equals(only) ? reason : null);
    }

    private void applyTransactionSettings() throws SQLException {
        try (Statement statement = run.connection().createStatement()) {
            for (String setting : run.dialect().transactionSettings(run.options().timeouts())) {
                statement.execute(setting);
            }
        }
    }

    private long insert(String insert, KeyRange range) throws SQLException {
        Connection connection = run.connection();
        Dialect dialect = run.dialect();
        try (PreparedStatement statement =
                connection.prepareStatement(dialect.timed(insert, run.options().timeouts()))) {
            run.reads().bind(statement, 1, range);
            run.reads().bind(statement, 3, range);
            return statement.executeLargeUpdate();
        }
    }
}
