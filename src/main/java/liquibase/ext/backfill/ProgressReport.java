package liquibase.ext.backfill;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.KeyRange;
import liquibase.ext.backfill.engine.Parity;
import liquibase.ext.backfill.engine.Time;
import liquibase.ui.UIService;
import org.jspecify.annotations.Nullable;

/** Tells a human how a run goes: what was found, a line every few seconds, how it ended. Never a line per chunk. */
final class ProgressReport implements BackfillListener {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final BackfillDefinition definition;
    private final UIService ui;
    private final Time time;
    private long lastLineAt;
    private @Nullable Progress last;
    private @Nullable Parity before;

    ProgressReport(BackfillDefinition definition, UIService ui, Time time) {
        this.definition = definition;
        this.ui = ui;
        this.time = time;
        this.lastLineAt = time.nanoTime();
    }

    @Override
    public void compared(String backfill, Parity parity) {
        if (before == null && last == null) {
            before = parity;
        }
        say(
                "%,d of %,d rows of %s lack their row in %s%s",
                parity.missing(),
                parity.sourceRows(),
                definition.source().table(),
                definition.target().table(),
                !definition.isTotal() ? "; those that have a value here get it" : "");
    }

    @Override
    public void resumed(String backfill, KeyRange rest) {
        say("goes on after key %s, where an earlier run left off", rest.low());
    }

    @Override
    public void restarted(String backfill, String reason) {
        say("starts over: %s", reason);
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
        String took = DurationText.of(result.took());
        switch (result.outcome()) {
            case ALREADY_COMPLETE -> say("already complete. %s.", summary(result));
            case COMPLETED -> say("complete in %s. %s.", took, summary(result));
            case STOPPED ->
                say(
                        result.counts().scanned() == 0 && result.counts().inserted() == 0
                                ? "stopped before its first chunk, because %2$s. The next run takes it up."
                                : "stopped after %s, because %s. %s. The next run goes on there.",
                        took,
                        result.stopReason().orElseThrow(),
                        summary(result));
            case TAKEN_OVER ->
                say(
                        "stopped after %s, because %s. %s. The other runner goes on there.",
                        took, result.stopReason().orElseThrow(), summary(result));
            case LEFT_TO_OTHER ->
                say("left alone, because %s.", result.stopReason().orElseThrow());
        }
        if (result.truncated() > 0) {
            say("%,d rows got a value that was cut to its column's length", result.truncated());
        }
        if (result.counts().refused() > 0) {
            say("%s", refusedRows(result));
        }
    }

    /** What became of the rows whose values the database refused. */
    static String refusedRows(BackfillResult result) {
        return text(
                "the database refused the values of %,d rows; they got the definition's last literal instead ('' in the "
                        + "shipped backfills), or no row where it has none. Correct them by hand if they matter; the "
                        + "first: %s",
                result.counts().refused(), result.refused());
    }

    /** Rows, what was there before, what came, what is missing: as much of it as is known. */
    private String summary(BackfillResult result) {
        long inserted = result.counts().inserted();
        if (result.parity().isPresent()) {
            Parity after = result.parity().get();
            return summary(after.sourceRows(), Math.max(0, after.present() - inserted), inserted)
                    + text(", %,d are missing%s", after.missing(), after.holds() ? ": parity" : "");
        }
        if (before != null) {
            return summary(before.sourceRows(), before.present(), inserted)
                    + (result.outcome() == BackfillResult.Outcome.COMPLETED
                            ? withoutValue(before.missing() - inserted)
                            : "");
        }
        return text("%,d rows were inserted", inserted);
    }

    private String summary(long rows, long alreadyThere, long inserted) {
        return text(
                "Of %,d rows of %s, %,d had %s already, %,d were inserted",
                rows, definition.source().table(), alreadyThere, owed(), inserted);
    }

    private String withoutValue(long rows) {
        return !definition.isTotal() && rows > 0 ? text(", %,d have no value here", rows) : "";
    }

    /** What a source row is owed: named by the constants that tell its target rows from those of other backfills. */
    private String owed() {
        return definition.target().identity().isEmpty()
                ? "their row in " + definition.target().table()
                : definition.target().identity().stream()
                        .map(Target.Constant::text)
                        .collect(Collectors.joining(", "));
    }

    private void sayNowAndThen(String state) {
        long now = time.nanoTime();
        if (now - lastLineAt >= INTERVAL.toNanos()) {
            say("%s", last == null ? state : line(last) + "; " + state);
        }
    }

    private static String line(Progress progress) {
        double seconds = Math.max(0.001, progress.elapsed().toMillis() / 1000.0);
        double rate = progress.scanned() / seconds;
        return text(
                "%.1f%%, %,d of about %,d rows scanned, %,d inserted, %,.0f rows/s, about %s left, at key %s",
                100.0 * progress.scanned() / progress.toScan(),
                progress.scanned(),
                progress.toScan(),
                progress.inserted(),
                rate,
                DurationText.of(Duration.ofMillis((long) (1000 * (progress.toScan() - progress.scanned()) / rate))),
                progress.keyReached());
    }

    private void say(String format, Object... values) {
        lastLineAt = time.nanoTime();
        ui.sendMessage("Backfill " + definition.name() + ": " + text(format, values));
    }

    /** The same on every machine, so that what a runbook greps for does not depend on a locale. */
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
