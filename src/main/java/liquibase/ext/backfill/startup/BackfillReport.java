package liquibase.ext.backfill.startup;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;

/**
 * How one backfill of a start ended.
 *
 * @param name the backfill
 * @param outcome how it ended
 * @param reason why it was skipped or stopped; empty otherwise
 * @param inserted the rows that it wrote
 * @param refused source rows whose value the database refused
 * @param truncated rows that it wrote with a value that was cut to its column's length
 * @param took from its first look to its end
 * @param error what failed, what was kept and what to do; empty unless it failed
 * @param leftToOther whether it was skipped because another runner is at work at it
 */
public record BackfillReport(
        String name,
        Outcome outcome,
        Optional<String> reason,
        long inserted,
        long refused,
        long truncated,
        Duration took,
        Optional<String> error,
        boolean leftToOther) {

    /** How a backfill of a start ended. */
    public enum Outcome {
        /** It inserted what was missing. */
        SUCCESS,
        /** There was nothing for it to do, or it was not to do it: the reason says which. */
        SKIPPED,
        /** It stopped between two chunks. What it wrote is kept, and a later run goes on there. */
        STOPPED,
        /** It failed. What its chunks wrote before is kept, and a later run goes on there. */
        FAILED
    }

    static BackfillReport of(BackfillResult result) {
        return switch (result.outcome()) {
            case COMPLETED -> of(result, Outcome.SUCCESS, Optional.empty());
            case ALREADY_COMPLETE -> of(result, Outcome.SKIPPED, Optional.of("nothing is missing"));
            case STOPPED -> of(result, Outcome.STOPPED, result.stopReason());
            case LEFT_TO_OTHER ->
                of(result, Outcome.SKIPPED, result.stopReason().map(reason -> "left to another runner: " + reason));
        };
    }

    private static BackfillReport of(BackfillResult result, Outcome outcome, Optional<String> reason) {
        return new BackfillReport(
                result.name(),
                outcome,
                reason,
                result.counts().inserted(),
                result.counts().refused(),
                result.truncated(),
                result.took(),
                Optional.empty(),
                result.outcome() == BackfillResult.Outcome.LEFT_TO_OTHER);
    }

    static BackfillReport skipped(String name, String reason) {
        return new BackfillReport(
                name, Outcome.SKIPPED, Optional.of(reason), 0, 0, 0, Duration.ZERO, Optional.empty(), false);
    }

    static BackfillReport failed(String name, String error, Optional<BackfillListener.Failed> kept, Duration took) {
        return new BackfillReport(
                name,
                Outcome.FAILED,
                Optional.empty(),
                kept.map(failed -> failed.counts().inserted()).orElse(0L),
                kept.map(failed -> failed.counts().refused()).orElse(0L),
                kept.map(BackfillListener.Failed::truncated).orElse(0L),
                took,
                Optional.of(error),
                false);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("outcome", outcome.name());
        map.put("reason", reason.orElse(null));
        map.put("inserted", inserted);
        map.put("refused", refused);
        map.put("truncated", truncated);
        map.put("durationMillis", took.toMillis());
        map.put("error", error.orElse(null));
        return map;
    }
}
