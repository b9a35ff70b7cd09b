package liquibase.ext.backfill.commands;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import liquibase.ext.backfill.engine.BackfillResult;

/**
 * What {@code backfill-run} says at its end.
 *
 * @param results in the order in which they ran
 */
record RunReport(List<BackfillResult> results) {
    RunReport {
        results = List.copyOf(results);
    }

    boolean stopped() {
        return results.stream().anyMatch(RunReport::isStopped);
    }

    private static boolean isStopped(BackfillResult result) {
        return switch (result.outcome()) {
            case STOPPED, TAKEN_OVER -> true;
            case COMPLETED, ALREADY_COMPLETE, LEFT_TO_OTHER -> false;
        };
    }

    /** What was not done, and why, in one sentence. */
    String verdict() {
        return results.stream()
                .filter(RunReport::isStopped)
                .map(result -> "%s, because %s"
                        .formatted(result.name(), result.stopReason().orElseThrow()))
                .collect(Collectors.joining("; ", "Stopped before it was done: ", ". A later run goes on there."));
    }

    String toTable() {
        if (results.isEmpty()) {
            return "";
        }
        var table = new Table("BACKFILL", "OUTCOME", "INSERTED", "TRUNCATED", "REFUSED", "SECONDS");
        for (BackfillResult result : results) {
            table.add(
                    result.name(),
                    result.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    String.format(Locale.ROOT, "%,d", result.counts().inserted()),
                    String.format(Locale.ROOT, "%,d", result.truncated()),
                    String.format(Locale.ROOT, "%,d", result.counts().refused()),
                    String.format(Locale.ROOT, "%,.1f", result.took().toMillis() / 1000.0));
        }
        return table.toString();
    }
}
