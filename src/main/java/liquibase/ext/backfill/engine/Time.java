package liquibase.ext.backfill.engine;

import java.time.Duration;
import java.time.Instant;

/** The time and the waiting of a run; a test brings its own. */
public interface Time {
    /** The present moment by the clock on the wall, which may jump. */
    Instant now();

    /** Nanoseconds since some moment, never going back. */
    long nanoTime();

    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;

    /** The time of this machine. */
    static Time system() {
        return SystemTime.INSTANCE;
    }
}
