package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;

/** The passes of a run over what is missing, until nothing is. */
final class Passes {
    /** A total backfill that still finds rows missing after so many passes runs behind a writer that makes them. */
    private static final int MOST_PASSES = 20;
    /** Rows are many from a tenth of all on. */
    private static final int MANY = 10;

    private final RunContext run;
    private final ClaimedCheckpoint checkpoint;
    private final String name;
    private final ChunkSize size;
    private final ChunkWriter writer;
    private Optional<Parity> parity = Optional.empty();

    Passes(RunContext run, ClaimedCheckpoint checkpoint) {
        this.run = run;
        this.checkpoint = checkpoint;
        this.name = run.definition().name();
        this.size = ChunkSize.of(run.options());
        this.writer = new ChunkWriter(run, size, checkpoint);
    }

    /** What was found after the last write; empty if nobody looked. */
    Optional<Parity> parity() {
        return parity;
    }

    Outcome run() throws SQLException {
        Optional<KeyRange> unfinished = checkpoint.unfinished();
        boolean worked = unfinished.isPresent();
        if (worked) {
            run.listener().resumed(name, unfinished.get());
            pass(unfinished.get(), rowsToScan(unfinished.get()));
            passBeyond(unfinished.get());
        }
        for (int passes = 0; passes < MOST_PASSES; passes++) {
            if (worked && !run.definition().isTotal()) {
                return Outcome.COMPLETED;
            }
            Parity found = compare();
            if (found.holds()) {
                return worked ? Outcome.COMPLETED : Outcome.ALREADY_COMPLETE;
            }
            run.listener().compared(name, found);
            Optional<KeyRange> missing = run.steps().take("the search for missing keys", () -> missing(found));
            if (missing.isPresent()) {
                begin(missing.get());
                pass(missing.get(), isMany(found) ? found.sourceRows() : rowsToScan(missing.get()));
                worked = true;
            }
        }
        throw new RunStopped(
                run.tally().inserted() > 0
                        ? ("after %d passes there are still new rows without their target row: a writer makes them "
                                        + "faster than they are backfilled")
                                .formatted(MOST_PASSES)
                        : ("after %d passes rows still lack their target row and none was inserted: a trigger, a rule or "
                                        + "row-level security of %s drops or hides what is inserted, or a writer adds each "
                                        + "row itself a moment later")
                                .formatted(
                                        MOST_PASSES, run.definition().target().table()));
    }

    /** The upper bound of a pass that goes on is as old as its first run: what came above it since is part of this one. */
    private void passBeyond(KeyRange resumed) throws SQLException {
        Optional<KeyRange> keys =
                run.steps().take("the look for new keys", () -> run.reads().keys());
        if (keys.isEmpty()) {
            return;
        }
        var beyond = KeyRange.after(resumed.high(), keys.get().high());
        if (run.steps()
                .take("the look for new keys", () -> run.reads().chunk(beyond, 1))
                .isPresent()) {
            begin(beyond);
            pass(beyond, rowsToScan(beyond));
        }
    }

    private void begin(KeyRange range) throws SQLException {
        run.steps().take("the begin of a pass", () -> checkpoint.beginPass(range.high()));
    }

    private long rowsToScan(KeyRange range) throws SQLException {
        return run.steps().take("the count of rows to scan", () -> run.reads().rowsWithin(range));
    }

    private Parity compare() throws SQLException {
        run.pacing().checkStop();
        Parity found =
                run.steps().take("the count of missing rows", () -> run.reads().parity());
        parity = Optional.of(found);
        return found;
    }

    /**
     * The keys to go through. Where many rows are missing there is nothing to gain by looking for the first and the last
     * of them: the look costs as much as chunks that find nothing to do.
     */
    private Optional<KeyRange> missing(Parity found) throws SQLException {
        Optional<KeyRange> keys = run.reads().keys();
        return keys.isEmpty() || isMany(found)
                ? keys
                : run.reads().narrowed(keys.get(), () -> {
                    run.pacing().checkStop();
                    checkpoint.renew();
                });
    }

    private static boolean isMany(Parity found) {
        return found.missing() > found.sourceRows() / MANY;
    }

    /** Goes through a range chunk by chunk. Its upper bound is fixed, so it ends, whatever is inserted meanwhile. */
    private void pass(KeyRange range, long rowsToScan) throws SQLException {
        parity = Optional.empty();
        long startedAt = run.time().nanoTime();
        long scanned = 0;
        KeyRange rest = range;
        for (Optional<Chunk> next = next(rest); next.isPresent(); next = next(rest)) {
            Chunk chunk = next.get();
            writer.write(chunk);
            scanned += chunk.rows();
            rest = KeyRange.after(chunk.range().high(), range.high());
            run.listener()
                    .advanced(new BackfillListener.Progress(
                            name,
                            scanned,
                            Math.max(scanned, rowsToScan),
                            run.tally().inserted(),
                            Duration.ofNanos(run.time().nanoTime() - startedAt),
                            chunk.range().high()));
            run.pacing().betweenChunks(writer::giveSignOfLife);
        }
    }

    private Optional<Chunk> next(KeyRange rest) throws SQLException {
        writer.awaitTurn();
        return run.steps().take("the look for the next chunk", () -> run.reads().chunk(rest, size.rows()));
    }
}
