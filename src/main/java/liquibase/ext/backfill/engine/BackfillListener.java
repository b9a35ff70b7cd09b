package liquibase.ext.backfill.engine;

import java.time.Duration;

/** Is told how a run goes. A listener that fails is reported to the log and does not disturb the work. */
public interface BackfillListener {
    /** Hears nothing. */
    BackfillListener NONE = new BackfillListener() {};

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
