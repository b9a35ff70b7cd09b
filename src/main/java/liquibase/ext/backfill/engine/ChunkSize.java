package liquibase.ext.backfill.engine;

import java.time.Duration;
import java.util.Optional;

/** How many source rows the next chunk scans: a fixed number, or one that follows a target time. */
final class ChunkSize {
    private static final int FIRST = 500;
    private static final int SMALLEST = 10;
    private static final int LARGEST = 20_000;
    private static final double MOST_GROWTH = 4.0;

    private final Optional<Duration> target;
    private int rows;

    private ChunkSize(int rows, Optional<Duration> target) {
        this.rows = rows;
        this.target = target;
    }

    static ChunkSize of(BackfillOptions options) {
        return options.chunkRows().isPresent()
                ? new ChunkSize(options.chunkRows().getAsInt(), Optional.empty())
                : new ChunkSize(FIRST, Optional.of(options.targetChunkTime()));
    }

    int rows() {
        return rows;
    }

    /** Adapts to a chunk that was written at the first attempt. */
    void wrote(long rowsScanned, Duration took) {
        if (target.isEmpty() || rowsScanned < rows) {
            return;
        }
        double factor = target.get().toNanos() / (double) Math.max(1, took.toNanos());
        rows = within(rows * Math.min(factor, MOST_GROWTH));
    }

    /** Adapts to a chunk that timed out. */
    void timedOut() {
        if (target.isPresent()) {
            rows = within(rows / 2.0);
        }
    }

    private static int within(double rows) {
        return (int) Math.max(SMALLEST, Math.min(LARGEST, rows));
    }
}
