package liquibase.ext.backfill.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import liquibase.ext.backfill.dialects.Timeouts;

/**
 * How a backfill is run.
 *
 * @param isolation of a chunk's transaction
 * @param chunkRows how many source rows each chunk scans; if empty, the size follows {@code targetChunkTime}
 * @param targetChunkTime how long a chunk should take
 * @param timeouts how long a chunk may wait for locks and work
 * @param attempts how often a chunk that meets a transient failure is tried, at least 1
 * @param pause how long to wait after each chunk
 * @param throttleQuery a query that must answer 0 before a chunk may start
 * @param deadline when to stop at a chunk's end, leaving the rest to a later run
 * @param lease how long a runner that gives no sign of life keeps others away
 * @param whenBusy what to do about another runner that is at work
 */
public record BackfillOptions(
        Isolation isolation,
        OptionalInt chunkRows,
        Duration targetChunkTime,
        Timeouts timeouts,
        int attempts,
        Duration pause,
        Optional<String> throttleQuery,
        Optional<Instant> deadline,
        Duration lease,
        WhenBusy whenBusy) {

    /** What is right unless a measurement says otherwise. */
    public static BackfillOptions defaults() {
        return builder().build();
    }

    /** @throws IllegalArgumentException for a setting that is unsafe; the message begins with its name and says why */
    public BackfillOptions {
        if (chunkRows.isPresent() && (chunkRows.getAsInt() < 1 || chunkRows.getAsInt() > 100_000)) {
            throw new IllegalArgumentException(
                    ("chunkSize is %d: use 1 to 100000 rows, because a chunk's locks are held until all its rows are "
                                    + "written")
                            .formatted(chunkRows.getAsInt()));
        }
        requireBetween("targetChunkTime", targetChunkTime, Duration.ofMillis(10), Duration.ofSeconds(10));
        requireBetween("lockTimeout", timeouts.lock(), Duration.ofMillis(10), Duration.ofMinutes(5));
        requireBetween("statementTimeout", timeouts.statement(), Duration.ofSeconds(1), Duration.ofHours(1));
        requireBetween("pause", pause, Duration.ZERO, Duration.ofMinutes(10));
        requireBetween("lease", lease, Duration.ofSeconds(1), Duration.ofHours(1));
        throttleQuery.ifPresent(BackfillOptions::requireQuery);
        if (attempts < 1 || attempts > 1000) {
            throw new IllegalArgumentException("attempts is %d: use 1 to 1000".formatted(attempts));
        }
    }

    /** Drivers run another statement before they notice that it answers nothing. */
    private static void requireQuery(String throttleQuery) {
        if (!throttleQuery.strip().toUpperCase(Locale.ROOT).matches("(?s)(SELECT|WITH)\\b.*")) {
            throw new IllegalArgumentException(
                    "throttleQuery is \"%s\": use a SELECT that answers 0 when a chunk may start"
                            .formatted(throttleQuery));
        }
    }

    private static void requireBetween(String setting, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s is %s: use %s to %s".formatted(setting, text(value), text(least), text(most)));
        }
    }

    /** As settings are written: in the largest unit that leaves no fraction. */
    private static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1000 != 0) {
            return millis + "ms";
        }
        if (millis % 60_000 != 0) {
            return millis / 1000 + "s";
        }
        return millis % 3_600_000 != 0 ? millis / 60_000 + "m" : millis / 3_600_000 + "h";
    }

    /** The same with a deadline. */
    public BackfillOptions until(Instant newDeadline) {
        return new BackfillOptions(
                isolation,
                chunkRows,
                targetChunkTime,
                timeouts,
                attempts,
                pause,
                throttleQuery,
                Optional.of(newDeadline),
                lease,
                whenBusy);
    }

    /** The same with another way to meet a runner that is at work. */
    public BackfillOptions when(WhenBusy busy) {
        return new BackfillOptions(
                isolation, chunkRows, targetChunkTime, timeouts, attempts, pause, throttleQuery, deadline, lease, busy);
    }

    /** Starts from the {@link #defaults()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what differs from the {@link #defaults()}. */
    public static final class Builder {
        private Isolation isolation = Isolation.SERIALIZABLE;
        private OptionalInt chunkRows = OptionalInt.empty();
        private Duration targetChunkTime = Duration.ofMillis(200);
        private Timeouts timeouts = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(60));
        private int attempts = 10;
        private Duration pause = Duration.ZERO;
        private Optional<String> throttleQuery = Optional.empty();
        private Duration lease = Duration.ofSeconds(30);
        private WhenBusy whenBusy = WhenBusy.WAIT;

        private Builder() {}

        public Builder isolation(Isolation isolation) {
            this.isolation = isolation;
            return this;
        }

        /** Every chunk scans this many source rows, whatever it takes. */
        public Builder chunkRows(int rows) {
            this.chunkRows = OptionalInt.of(rows);
            return this;
        }

        public Builder targetChunkTime(Duration time) {
            this.targetChunkTime = time;
            return this;
        }

        public Builder timeouts(Duration lock, Duration statement) {
            this.timeouts = new Timeouts(lock, statement);
            return this;
        }

        public Builder attempts(int attempts) {
            this.attempts = attempts;
            return this;
        }

        public Builder pause(Duration pause) {
            this.pause = pause;
            return this;
        }

        public Builder throttleQuery(String query) {
            this.throttleQuery = Optional.of(query);
            return this;
        }

        public Builder lease(Duration lease) {
            this.lease = lease;
            return this;
        }

        public Builder whenBusy(WhenBusy whenBusy) {
            this.whenBusy = whenBusy;
            return this;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException for a setting that is unsafe; the message says why
         */
        public BackfillOptions build() {
            return new BackfillOptions(
                    isolation,
                    chunkRows,
                    targetChunkTime,
                    timeouts,
                    attempts,
                    pause,
                    throttleQuery,
                    Optional.empty(),
                    lease,
                    whenBusy);
        }
    }
}
