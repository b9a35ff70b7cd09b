package liquibase.ext.backfill.engine;

import java.time.Duration;
import java.time.Instant;

/** The time of this machine, in which nobody waits for long. */
final class HurriedTime implements Time {
    private static final long LONGEST_MILLIS = 10;

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(Math.min(LONGEST_MILLIS, duration.toMillis()));
    }
}
