package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
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
    private final ChunkTransaction transaction;
    private final ChunkSize size;
    private final ClaimedCheckpoint checkpoint;
    /** For documents that are readable until one is met that is not: hardly ever there is one. */
    private BackfillSql sql;
    /** Whether a statement without rows has succeeded, so that a refused value is a row's own. */
    private boolean faultOfRows;
    /** Since the last commit, which counts them. */
    private int retries;

    ChunkWriter(RunContext run, ChunkSize size, ClaimedCheckpoint checkpoint) {
        this.run = run;
        this.transaction = new ChunkTransaction(run, checkpoint);
        this.size = size;
        this.checkpoint = checkpoint;
        this.sql = run.sql().forReadableDocuments();
    }

    /** Renews the claim. */
    void giveSignOfLife() throws SQLException {
        run.steps().take("the renewal of the claim", checkpoint::renew);
    }

    /** Waits until the next chunk may begin. */
    void awaitTurn() throws SQLException {
        run.pacing().checkStop();
        run.steps().take("the throttle query", () -> run.pacing().throttle(run.connection(), this::giveSignOfLife));
    }

    /**
     * Writes what a chunk lacks.
     *
     * @throws StepFailedException if it cannot be written
     * @throws RunStopped if the run is to stop before the chunk was repeated; then what its checkpoint names is written
     */
    void write(Chunk chunk) throws SQLException {
        write(chunk, Optional.empty());
    }

    /** @param refused the row that the chunk is, if it gets its last resort because its value was refused */
    private void write(Chunk chunk, Optional<RefusedRow> refused) throws SQLException {
        SQLException earlier = null;
        for (int attempt = 1; ; attempt++) {
            long startedAt = run.time().nanoTime();
            try {
                commit(chunk, refused);
                if (attempt == 1) {
                    size.wrote(chunk.rows(), since(startedAt));
                }
                return;
            } catch (SQLException e) {
                if (earlier != null) {
                    e.addSuppressed(earlier);
                }
                earlier = e;
                Failure failure = failure(e, since(startedAt));
                if (failure.isTransient()) {
                    retries++;
                    run.tally().retried();
                }
                if (failure.isTimeout()) {
                    size.timedOut();
                }
                if (failure == Failure.DATA && sql != run.sql()) {
                    sql = run.sql();
                    continue;
                }
                if (worthHalving(failure, attempt) && refused.isEmpty()) {
                    long rows = rowsNow(chunk);
                    if (rows > 1) {
                        writeHalves(chunk, rows, e);
                        return;
                    }
                    if (failure == Failure.DATA) {
                        refuse(chunk, e);
                        return;
                    }
                }
                if (!failure.isTransient() || attempt >= attempts(failure)) {
                    throw new StepFailedException("keys " + chunk.range(), failure, attempt, e);
                }
                run.pacing().backOff(failure.description(), attempt, this::giveSignOfLife);
            }
        }
    }

    private Duration since(long startedAt) {
        return Duration.ofNanos(run.time().nanoTime() - startedAt);
    }

    /** An operator who cancels the statement wants it to end; only one that used up its time goes on in smaller pieces. */
    private Failure failure(SQLException e, Duration took) {
        Failure failure = run.dialect().classify(e);
        boolean timeIsUp = took.compareTo(run.options().timeouts().statement()) >= 0;
        return failure == Failure.CANCELLED && timeIsUp ? Failure.STATEMENT_TIMEOUT : failure;
    }

    private static boolean worthHalving(Failure failure, int attempt) {
        return failure == Failure.DATA
                || failure.isTimeout()
                || (failure.isTransient() && attempt >= ATTEMPTS_BEFORE_HALVING);
    }

    private int attempts(Failure failure) {
        return failure == Failure.FOREIGN_KEY
                ? Math.min(FOREIGN_KEY_ATTEMPTS, run.options().attempts())
                : run.options().attempts();
    }

    /** Counted again: a chunk that was one row may hold two by now, and only one of them is to blame. */
    private long rowsNow(Chunk chunk) throws SQLException {
        return run.steps().take("the count of a chunk's rows", () -> run.reads().rowsWithin(chunk.range()));
    }

    /** Each half is a chunk, so that a run that ends between them loses nothing. */
    private void writeHalves(Chunk chunk, long rows, SQLException reason) throws SQLException {
        KeyRange rest = chunk.range();
        try {
            for (var half = part(rest, rows / 2); half.isPresent(); half = part(rest, rows / 2)) {
                awaitTurn();
                write(half.get());
                rest = KeyRange.after(half.get().range().high(), rest.high());
            }
        } catch (StepFailedException e) {
            e.addSuppressed(reason);
            throw e;
        }
    }

    /**
     * Gives the one row of a chunk its last resort, after it was refused by itself: what failed in a wider range may be
     * another row, which came into it meanwhile.
     */
    private void refuse(Chunk chunk, SQLException reason) throws SQLException {
        requireFaultOfRow(chunk, reason);
        var alone = new Chunk(KeyRange.only(chunk.range().high()), 1);
        write(
                alone,
                chunk.equals(alone)
                        ? Optional.of(new RefusedRow(chunk.range().high(), Reason.of(reason)))
                        : Optional.empty());
    }

    /** What fails over an empty range too is wrong with the statement, a column's type say: no row may pay for it. */
    private void requireFaultOfRow(Chunk chunk, SQLException reason) throws SQLException {
        KeyRange nothing = KeyRange.after(chunk.range().high(), chunk.range().high());
        try {
            if (!faultOfRows) {
                transaction.tryOn(nothing, sql);
                faultOfRows = true;
            }
        } catch (SQLException e) {
            if (run.dialect().classify(e) == Failure.DATA) {
                throw new StepFailedException("the statement itself", Failure.PERMANENT, 1, reason);
            }
        }
    }

    private Optional<Chunk> part(KeyRange range, long rows) throws SQLException {
        return run.steps()
                .take("the look for a part of a chunk", () -> run.reads().chunk(range, rows));
    }

    private void commit(Chunk chunk, Optional<RefusedRow> refused) throws SQLException {
        if (refused.isPresent()) {
            transaction.insertLastResort(chunk, sql, refused.get(), retries);
        } else {
            transaction.insert(chunk, sql, retries);
        }
        retries = 0;
    }
}
