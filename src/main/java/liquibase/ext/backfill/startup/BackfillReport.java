package liquibase.ext.backfill.startup;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
 * @param leftToOther whether it was skipped or stopped because another runner is at work at it
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

    /**
     * The end of a run.
     *
     * @param before what runs of this start that lost their connection had written before
     * @param tookBefore how long those had taken
     */
    static BackfillReport of(BackfillResult result, Kept.Counts before, Duration tookBefore) {
        Kept.Counts counts = before.plus(
                new Kept.Counts(result.counts().inserted(), result.counts().refused(), result.truncated()));
        Duration took = tookBefore.plus(result.took());
        return switch (result.outcome()) {
            case COMPLETED -> ended(result, Outcome.SUCCESS, Optional.empty(), counts, took);
            case ALREADY_COMPLETE ->
                before.equals(Kept.Counts.NONE)
                        ? ended(result, Outcome.SKIPPED, Optional.of("nothing is missing"), counts, took)
                        : ended(result, Outcome.SUCCESS, Optional.empty(), counts, took);
            case STOPPED, TAKEN_OVER -> ended(result, Outcome.STOPPED, result.stopReason(), counts, took);
            case LEFT_TO_OTHER ->
                ended(
                        result,
                        Outcome.SKIPPED,
                        result.stopReason().map(reason -> "left to another runner: " + reason),
                        counts,
                        took);
        };
    }

    private static BackfillReport ended(
            BackfillResult result, Outcome outcome, Optional<String> reason, Kept.Counts counts, Duration took) {
        return new BackfillReport(
                result.name(),
                outcome,
                reason,
                counts.inserted(),
                counts.refused(),
                counts.truncated(),
                took,
                Optional.empty(),
                result.outcome() == BackfillResult.Outcome.LEFT_TO_OTHER
                        || result.outcome() == BackfillResult.Outcome.TAKEN_OVER);
    }

    static BackfillReport skipped(String name, String reason) {
        return without(Outcome.SKIPPED, name, Optional.of(reason), Optional.empty(), Kept.Counts.NONE, Duration.ZERO);
    }

    static BackfillReport stopped(String name, String reason, Kept.Counts kept, Duration took) {
        return without(Outcome.STOPPED, name, Optional.of(reason), Optional.empty(), kept, took);
    }

    static BackfillReport failed(String name, String error, Kept.Counts kept, Duration took) {
        return without(Outcome.FAILED, name, Optional.empty(), Optional.of(error), kept, took);
    }

    /** Without a result of its own. */
    private static BackfillReport without(
            Outcome outcome,
            String name,
            Optional<String> reason,
            Optional<String> error,
            Kept.Counts kept,
            Duration took) {
        return new BackfillReport(
                name, outcome, reason, kept.inserted(), kept.refused(), kept.truncated(), took, error, false);
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
