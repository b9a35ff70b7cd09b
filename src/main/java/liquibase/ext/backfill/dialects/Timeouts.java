package liquibase.ext.backfill.dialects;

import java.time.Duration;

/**
 * How long one chunk may wait and work before the database gives it up.
 *
 * @param lock how long a statement waits for a lock; MySQL and MariaDB round up to seconds
 * @param statement how long a statement runs; only PostgreSQL and MariaDB can bound a write
 */
public record Timeouts(Duration lock, Duration statement) {
    long lockSeconds() {
        return Math.max(1, lock.plusMillis(999).toSeconds());
    }
}
