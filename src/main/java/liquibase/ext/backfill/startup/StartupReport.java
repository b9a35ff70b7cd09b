package liquibase.ext.backfill.startup;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import liquibase.ext.backfill.DurationText;
import liquibase.ext.backfill.Json;
import liquibase.ext.backfill.startup.BackfillReport.Outcome;

/**
 * What became of the backfills of a start. The schema changes succeeded, or there would be none.
 *
 * @param backfills those that had their turn, in the changelog's order
 * @param withoutTurn the names of the others: the time box was used up, or another replica is at work
 * @param problem why the backfills could not be gone through; empty if they could
 * @param took from the end of the schema changes on
 */
public record StartupReport(
        List<BackfillReport> backfills, List<String> withoutTurn, Optional<String> problem, Duration took) {
    public StartupReport {
        backfills = List.copyOf(backfills);
        withoutTurn = List.copyOf(withoutTurn);
    }

    /** Whether a backfill failed, or they could not be gone through. */
    public boolean failed() {
        return problem.isPresent() || backfills.stream().anyMatch(backfill -> backfill.outcome() == Outcome.FAILED);
    }

    /**
     * Whether each backfill had its turn, and none failed, was stopped or was left to another runner. One that is switched
     * off or left out counts as done: whoever did that knows.
     */
    public boolean complete() {
        return !failed()
                && withoutTurn.isEmpty()
                && backfills.stream()
                        .noneMatch(backfill -> backfill.outcome() == Outcome.STOPPED || backfill.leftToOther());
    }

    /** One object in one line, whose keys stay as they are. */
    public String toJson() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("failed", failed());
        map.put("durationMillis", took.toMillis());
        map.put("error", problem.orElse(null));
        map.put("backfills", backfills.stream().map(BackfillReport::toMap).toList());
        map.put("withoutTurn", withoutTurn);
        return Json.of(map);
    }

    /** In one line, for people. */
    public String summary() {
        String each = backfills.isEmpty() && withoutTurn.isEmpty()
                ? "none"
                : backfills.stream().map(StartupReport::line).collect(Collectors.joining("; "));
        return String.format(
                Locale.ROOT,
                "Backfills of this start, after %s: %s.%s%s",
                DurationText.of(took),
                each.isEmpty() ? "none had its turn" : each,
                withoutTurn.isEmpty() ? "" : " Without their turn: " + String.join(", ", withoutTurn) + ".",
                problem.map(text -> " They could not be gone through: " + text).orElse(""));
    }

    private static String line(BackfillReport backfill) {
        return String.format(
                Locale.ROOT,
                "%s %s%s, %,d inserted%s%s",
                backfill.name(),
                backfill.outcome(),
                backfill.reason().map(reason -> " (" + reason + ")").orElse(""),
                backfill.inserted(),
                backfill.truncated() == 0 ? "" : String.format(Locale.ROOT, ", %,d values cut", backfill.truncated()),
                backfill.refused() == 0 ? "" : String.format(Locale.ROOT, ", %,d values refused", backfill.refused()));
    }
}
