package liquibase.ext.backfill.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;

/** Counts what one run did. */
final class Tally {
    private static final int REFUSED_SHOWN = 10;

    private final List<RefusedRow> firstRefused = new ArrayList<>();
    private long scanned;
    private long inserted;
    private long refused;
    private long cut;
    private long chunks;
    private long retries;

    void committed(Chunk chunk, Inserted done) {
        scanned += chunk.rows();
        inserted += done.rows();
        cut += done.cut();
        chunks++;
    }

    void refused(RefusedRow row) {
        refused++;
        if (firstRefused.size() < REFUSED_SHOWN) {
            firstRefused.add(row);
        }
    }

    void cut(long rows) {
        cut += rows;
    }

    void retried() {
        retries++;
    }

    long inserted() {
        return inserted;
    }

    long cut() {
        return cut;
    }

    Checkpoint.Counts counts() {
        return new Checkpoint.Counts(scanned, inserted, refused, chunks, retries);
    }

    List<RefusedRow> firstRefused() {
        return firstRefused;
    }

    /** The result of a run that did what was counted. */
    BackfillResult result(
            String name, Outcome outcome, Optional<Parity> parity, Duration took, Optional<String> stopReason) {
        return new BackfillResult(name, outcome, parity, counts(), firstRefused, cut, took, stopReason);
    }
}
