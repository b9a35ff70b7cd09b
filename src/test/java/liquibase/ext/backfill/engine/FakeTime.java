package liquibase.ext.backfill.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A time that passes only while somebody sleeps, and then at once. */
final class FakeTime implements Time {
    private final List<Duration> sleeps = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos = 1_000;
    private Consumer<Duration> onSleep = duration -> {};

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sleeps.add(duration);
        pass(duration);
        onSleep.accept(duration);
    }

    void pass(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    /** As when somebody sets the clock on the wall. */
    void jumpTo(Instant moment) {
        now = moment;
    }

    /** What happens at the end of each sleep. */
    void onSleep(Consumer<Duration> event) {
        onSleep = event;
    }

    List<Duration> sleeps() {
        return sleeps;
    }

    Duration slept() {
        return sleeps.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
