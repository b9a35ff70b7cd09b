package liquibase.ext.backfill.engine;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** When the next step of a run may begin, and whether it may begin at all. */
final class Pacing {
    private static final Duration THROTTLE_POLL = Duration.ofSeconds(1);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

    private final String backfill;
    private final BackfillOptions options;
    private final Time time;
    private final BackfillListener listener;
    private final long startedAt;
    /** The time box that was left at the start; from then on a clock that jumps changes nothing. */
    private final Optional<Duration> timeBox;
    /** Counted over all waits: many short ones must not cost the lease either. */
    private Duration waitedSinceSign = Duration.ZERO;

    Pacing(String backfill, BackfillOptions options, Time time, BackfillListener listener) {
        this.backfill = backfill;
        this.options = options;
        this.time = time;
        this.listener = listener;
        this.startedAt = time.nanoTime();
        this.timeBox = options.deadline().map(deadline -> Duration.between(time.now(), deadline));
    }

    /** What a run does while it waits, so that others see that it is alive. */
    interface SignOfLife {
        /** For a wait in which there is nothing to claim yet, or during which the claim cannot be renewed. */
        SignOfLife NONE = () -> {};

        void give() throws SQLException;
    }

    Duration elapsed() {
        return Duration.ofNanos(time.nanoTime() - startedAt);
    }

    /** @throws RunStopped if the time box is used up or the thread was interrupted */
    void checkStop() {
        if (Thread.currentThread().isInterrupted()) {
            throw new RunStopped("it was told to end");
        }
        if (timeBox.isPresent() && elapsed().compareTo(timeBox.get()) >= 0) {
            throw new RunStopped("its time box is used up");
        }
    }

    /** Waits until the operator's throttle query answers 0. */
    void throttle(Connection connection, SignOfLife sign) throws SQLException {
        if (options.throttleQuery().isEmpty()) {
            return;
        }
        String query = options.throttleQuery().get();
        for (String answer = ask(connection, query); !isZero(answer); answer = ask(connection, query)) {
            pause("the throttle query answers " + answer, THROTTLE_POLL, sign);
        }
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? String.valueOf(row.getString(1)) : "nothing";
        }
    }

    /** A lag in seconds may well be 0.000. */
    private static boolean isZero(String answer) {
        try {
            return new BigDecimal(answer.strip()).signum() == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Waits between two chunks, as the operator wishes. */
    void betweenChunks(SignOfLife sign) throws SQLException {
        if (!options.pause().isZero()) {
            pause("the configured pause", options.pause(), sign);
        }
    }

    /** Waits before an attempt is repeated: longer each time, and never as long as another runner that does the same. */
    void backOff(String reason, int attempt, SignOfLife sign) throws SQLException {
        long capped = Math.min(LONGEST_BACKOFF.toMillis(), FIRST_BACKOFF.toMillis() << Math.min(attempt - 1, 20));
        long jittered = ThreadLocalRandom.current().nextLong(capped / 2, capped + 1);
        pause(reason, Duration.ofMillis(jittered), sign);
    }

    /** Waits and says why; gives a sign of life often enough to keep the lease, and wakes up when the time box ends. */
    void pause(String reason, Duration duration, SignOfLife sign) throws SQLException {
        listener.waiting(backfill, reason, duration);
        Duration signAfter = options.lease().dividedBy(3);
        Duration left = duration;
        while (left.compareTo(Duration.ZERO) > 0) {
            checkStop();
            Duration step = shortest(left, signAfter.minus(waitedSinceSign));
            sleep(timeBox.isPresent() ? shortest(step, timeBox.get().minus(elapsed())) : step);
            left = left.minus(step);
            waitedSinceSign = waitedSinceSign.plus(step);
            if (waitedSinceSign.compareTo(signAfter) >= 0) {
                waitedSinceSign = Duration.ZERO;
                sign.give();
            }
        }
        checkStop();
    }

    private static Duration shortest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The time box may have ended since it was looked at: then there is nothing left to sleep, or less. */
    private void sleep(Duration duration) {
        if (duration.isNegative()) {
            return;
        }
        try {
            time.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
