package liquibase.ext.backfill.engine;

import java.time.Duration;
import java.util.List;

/** Is told how a run goes. A listener that fails is reported to the log and does not disturb the work. */
public interface BackfillListener {
    /** Hears nothing. */
    BackfillListener NONE = new BackfillListener() {};

    /** Several that hear the same, each whether or not another one fails. */
    static BackfillListener all(List<BackfillListener> listeners) {
        return new SafeListener(listeners);
    }

    /** A run begins: nothing was looked at yet. What began either {@link #ended} or {@link #failed}. */
    default void started(String backfill) {}

    /** Rows were found missing and are about to be written. */
    default void compared(String backfill, Parity parity) {}

    /** An earlier run's pass goes on. */
    default void resumed(String backfill, KeyRange rest) {}

    /** An earlier run's progress was dropped. */
    default void restarted(String backfill, String reason) {}

    /** A chunk was committed. */
    default void advanced(Progress progress) {}

    /** The run waits, and why. */
    default void waiting(String backfill, String reason, Duration duration) {}

    /** The run ended without a failure. */
    default void ended(BackfillResult result) {}

    /** The run failed. */
    default void failed(Failed failed) {}

    /**
     * How a run failed.
     *
     * @param backfill the backfill
     * @param reason what failed, what was kept and what to do, in complete sentences
     * @param counts what this run did before, and what is kept
     * @param truncated how many of the rows that it inserted have a value that was cut to its column's length
     * @param took from the first look to the failure
     */
    record Failed(String backfill, String reason, Checkpoint.Counts counts, long truncated, Duration took) {}

    /**
     * How far a pass is.
     *
     * @param backfill the backfill
     * @param scanned the source rows that this pass looked at
     * @param toScan about how many it has to look at
     * @param inserted the rows that this run wrote
     * @param elapsed since the pass began
     * @param keyReached the last key that is done with
     */
    record Progress(String backfill, long scanned, long toScan, long inserted, Duration elapsed, String keyReached) {}
}
