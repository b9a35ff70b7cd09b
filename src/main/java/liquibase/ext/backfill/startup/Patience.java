package liquibase.ext.backfill.startup;

import java.time.Duration;
import java.util.Optional;
import liquibase.ext.backfill.engine.WhenBusy;

/** How long the backfills of a start may take, beginning now, and whether a lost connection is worth waiting for another. */
final class Patience {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final long begin = System.nanoTime();
    private final WhenBusy busy;
    private final Optional<Duration> timeBox;

    /** @param busy who waits for another runner waits for a connection too */
    Patience(WhenBusy busy, Optional<Duration> timeBox) {
        this.busy = busy;
        this.timeBox = timeBox;
    }

    WhenBusy busy() {
        return busy;
    }

    Optional<Duration> timeBox() {
        return timeBox;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    boolean isOver() {
        return endsWithin(Duration.ZERO);
    }

    private boolean endsWithin(Duration duration) {
        return timeBox.isPresent() && elapsed().plus(duration).compareTo(timeBox.get()) >= 0;
    }

    /** How long to wait before the next attempt, longer each time; empty if there is to be none. */
    Optional<Duration> afterAttempt(int attempt) {
        if (busy == WhenBusy.LEAVE) {
            return Optional.empty();
        }
        Duration doubled = SHORTEST.multipliedBy(1L << Math.min(attempt - 1, 10));
        Duration pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return endsWithin(pause) ? Optional.empty() : Optional.of(pause);
    }
}
