package liquibase.ext.backfill;

import java.time.Duration;
import java.util.Locale;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.KeyRange;
import liquibase.ext.backfill.engine.Parity;
import liquibase.ext.backfill.engine.Time;
import liquibase.ui.UIService;

/** Tells a human how a run goes: what was found, a line every few seconds, how it ended. Never a line per chunk. */
final class ProgressReport implements BackfillListener {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final BackfillDefinition definition;
    private final UIService ui;
    private final Time time;
    private long lastLineAt;
    private Progress last;

    ProgressReport(BackfillDefinition definition, UIService ui, Time time) {
        this.definition = definition;
        this.ui = ui;
        this.time = time;
        this.lastLineAt = time.nanoTime();
    }

    @Override
    public void compared(String backfill, Parity parity) {
        say("%,d of %,d rows of %s lack their row in %s"
                .formatted(
                        parity.missing(),
                        parity.sourceRows(),
                        definition.source().table(),
                        definition.target().table()));
    }

    @Override
    public void resumed(String backfill, KeyRange rest) {
        say("goes on after key %s, where an earlier run left off".formatted(rest.low()));
    }

    @Override
    public void restarted(String backfill, String reason) {
        say("starts over: " + reason);
    }

    @Override
    public void advanced(Progress progress) {
        last = progress;
        sayNowAndThen("running");
    }

    @Override
    public void waiting(String backfill, String reason, Duration duration) {
        sayNowAndThen("waiting: " + reason);
    }

    @Override
    public void ended(BackfillResult result) {
        say(
                switch (result.outcome()) {
                    case ALREADY_COMPLETE -> "already complete" + parity(result);
                    case COMPLETED ->
                        "complete: %,d rows inserted in %s%s"
                                .formatted(result.counts().inserted(), seconds(result.took()), parity(result));
                    case STOPPED ->
                        "stopped after %,d rows inserted in %s, because %s; the next update goes on there"
                                .formatted(
                                        result.counts().inserted(),
                                        seconds(result.took()),
                                        result.stopReason().orElseThrow());
                });
        if (result.counts().refused() > 0) {
            say("the database refused the values of %,d rows, which got the last resort instead; the first: %s"
                    .formatted(result.counts().refused(), result.refused()));
        }
    }

    private String parity(BackfillResult result) {
        return result.parity()
                .map(parity -> ", %,d of %,d rows of %s have their row in %s"
                        .formatted(
                                parity.present(),
                                parity.sourceRows(),
                                definition.source().table(),
                                definition.target().table()))
                .orElse("");
    }

    private void sayNowAndThen(String state) {
        long now = time.nanoTime();
        if (now - lastLineAt >= INTERVAL.toNanos()) {
            say(last == null ? state : "%s; %s".formatted(line(last), state));
        }
    }

    private static String line(Progress progress) {
        double seconds = Math.max(0.001, progress.elapsed().toMillis() / 1000.0);
        double rate = progress.scanned() / seconds;
        return "%.1f%%, %,d of about %,d rows scanned, %,d inserted, %,.0f rows/s, about %s left, at key %s"
                .formatted(
                        100.0 * progress.scanned() / progress.toScan(),
                        progress.scanned(),
                        progress.toScan(),
                        progress.inserted(),
                        rate,
                        seconds(Duration.ofMillis((long) (1000 * (progress.toScan() - progress.scanned()) / rate))),
                        progress.keyReached());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%,.1f s", duration.toMillis() / 1000.0);
    }

    private void say(String text) {
        lastLineAt = time.nanoTime();
        ui.sendMessage("Backfill " + definition.name() + ": " + text);
    }
}
