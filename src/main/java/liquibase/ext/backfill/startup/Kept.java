package liquibase.ext.backfill.startup;

import java.util.HashMap;
import java.util.Map;
import liquibase.ext.backfill.engine.BackfillListener;

/** Keeps what failing runs have done before: their exceptions tell it to people only. */
final class Kept implements BackfillListener {
    private final Map<String, Counts> counts = new HashMap<>();

    /**
     * What stays in the database.
     *
     * @param inserted the rows
     * @param refused source rows whose value the database refused
     * @param truncated rows with a value that was cut
     */
    record Counts(long inserted, long refused, long truncated) {
        static final Counts NONE = new Counts(0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(inserted + other.inserted, refused + other.refused, truncated + other.truncated);
        }
    }

    @Override
    public void failed(Failed failed) {
        counts.merge(
                failed.backfill(),
                new Counts(failed.counts().inserted(), failed.counts().refused(), failed.truncated()),
                Counts::plus);
    }

    /** Of all runs of a backfill that failed. */
    Counts of(String backfill) {
        return counts.getOrDefault(backfill, Counts.NONE);
    }
}
