package liquibase.ext.backfill.commands;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ext.backfill.Json;
import liquibase.ext.backfill.engine.BackfillStatus;
import liquibase.ext.backfill.engine.Checkpoint;
import liquibase.ext.backfill.engine.CheckpointState;
import liquibase.ext.backfill.engine.Parity;
import org.jspecify.annotations.Nullable;

/**
 * What {@code backfill-status} says.
 *
 * @param backfills in the changelog's order
 */
record StatusReport(List<BackfillStatus> backfills) {
    StatusReport {
        backfills = List.copyOf(backfills);
    }

    /** Whether every total backfill is in parity. */
    boolean holds() {
        return backfills.stream().noneMatch(BackfillStatus::isBroken);
    }

    /** The outcome in one sentence. */
    String verdict() {
        if (holds()) {
            long total = backfills.stream().filter(status -> isTotal(status)).count();
            return total == 0
                    ? "Parity is not judged: there is no total backfill."
                    : "Parity holds: %d total, %d partial.".formatted(total, backfills.size() - total);
        }
        return Stream.of(
                        naming(
                                "Parity does not hold for %s: run `liquibase backfill-run` or `liquibase update`.",
                                status -> status.problem().isEmpty(),
                                status ->
                                        text(" (%,d missing)", status.missing().orElseThrow())),
                        naming(
                                "Parity could not be looked at for %s: mend what the report names as the problem.",
                                status -> status.problem().isPresent(), status -> ""))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    /** A sentence about some of the broken; empty if there are none of them. */
    private Optional<String> naming(
            String sentence, Predicate<BackfillStatus> which, Function<BackfillStatus, String> detail) {
        return backfills.stream()
                .filter(BackfillStatus::isBroken)
                .filter(which)
                .map(status -> status.definition().name() + detail.apply(status))
                .reduce((some, more) -> some + ", " + more)
                .map(sentence::formatted);
    }

    String toTable() {
        if (backfills.isEmpty()) {
            return Output.NO_BACKFILL;
        }
        var table = new Table("BACKFILL", "STATE", "PARITY", "MISSING", "PROGRESS", "INSERTED", "ROWS/S");
        for (BackfillStatus status : backfills) {
            table.add(
                    status.definition().name(),
                    state(status),
                    parity(status),
                    number(status.missing()),
                    number("%.1f%%", status.percent()),
                    counts(status).map(counts -> text("%,d", counts.inserted())).orElse("-"),
                    number("%,.0f", status.rowsPerSecond()));
        }
        return table + backfills.stream().map(this::notes).collect(Collectors.joining()) + verdict() + "\n";
    }

    private String state(BackfillStatus status) {
        return isSilent(status) ? "abandoned" : status.state().name().toLowerCase(Locale.ROOT);
    }

    private static String parity(BackfillStatus status) {
        if (!isTotal(status)) {
            return "partial";
        }
        return status.parity()
                .map(parity -> parity.holds() ? "holds" : "broken")
                .orElse("unknown");
    }

    /** What does not fit into a table: one line per fact. */
    private String notes(BackfillStatus status) {
        var notes = new StringBuilder();
        if (status.state() == CheckpointState.RUNNING) {
            Checkpoint kept = status.checkpoint().orElseThrow();
            String format = isSilent(status)
                    ? "its runner %s gave no sign of life for %,.0f s; the next run goes on there"
                    : kept.isFromTheFuture()
                            ? "%s is at work or died at it: the clock of the database was set back, its last sign of life"
                                    + " lies %,.0f s in the future; a run that gets no new one within the lease goes on there"
                            : "%s is at work, last sign of life %,.0f s ago";
            note(notes, status, format, kept.owner().orElse("of unknown name"), Math.abs(kept.secondsSinceUpdate()));
        }
        status.checkpoint()
                .flatMap(Checkpoint::lastError)
                .ifPresent(error -> note(notes, status, "failed last: %s", error));
        if (counts(status).map(Checkpoint.Counts::refused).orElse(0L) > 0) {
            note(
                    notes,
                    status,
                    "the database refused the values of %,d rows",
                    counts(status).get().refused());
        }
        if (status.isRedefined()) {
            note(notes, status, "its definition has changed since; the next run starts over");
        } else if (status.state() == CheckpointState.COMPLETE
                && status.missing().orElse(0) > 0) {
            note(
                    notes,
                    status,
                    "complete once; the %,d missing rows were deleted since, or their source rows came without them",
                    status.missing().getAsLong());
        }
        status.problem().ifPresent(problem -> notes.append(problem).append('\n'));
        return notes.toString();
    }

    private static void note(StringBuilder notes, BackfillStatus status, String format, Object... values) {
        notes.append(status.definition().name())
                .append(": ")
                .append(text(format, values))
                .append('\n');
    }

    String toJson() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("parity", holds());
        report.put("backfills", backfills.stream().map(this::json).toList());
        return Json.of(report) + "\n";
    }

    private Map<String, Object> json(BackfillStatus status) {
        Optional<Checkpoint> kept = status.checkpoint();
        Optional<Checkpoint.Counts> counts = counts(status);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", status.definition().name());
        json.put("coverage", status.definition().coverage().name().toLowerCase(Locale.ROOT));
        json.put("state", state(status));
        json.put("parity", status.parity().map(Parity::holds).orElse(null));
        json.put("sourceRows", status.parity().map(Parity::sourceRows).orElse(null));
        json.put("missing", status.missing().isPresent() ? status.missing().getAsLong() : null);
        json.put("progressPercent", orNull(status.percent()));
        json.put("scanned", counts.map(Checkpoint.Counts::scanned).orElse(null));
        json.put("left", status.left().isPresent() ? status.left().getAsLong() : null);
        json.put("inserted", counts.map(Checkpoint.Counts::inserted).orElse(null));
        json.put("refused", counts.map(Checkpoint.Counts::refused).orElse(null));
        json.put("retries", counts.map(Checkpoint.Counts::retries).orElse(null));
        json.put("rowsPerSecond", orNull(status.rowsPerSecond()));
        json.put("owner", kept.flatMap(Checkpoint::owner).orElse(null));
        json.put(
                "secondsSinceSignOfLife",
                kept.map(Checkpoint::secondsSinceUpdate).orElse(null));
        json.put("keyReached", kept.flatMap(Checkpoint::keyReached).orElse(null));
        json.put("definitionChanged", status.isRedefined());
        json.put("lastError", kept.flatMap(Checkpoint::lastError).orElse(null));
        json.put("problem", status.problem().orElse(null));
        return json;
    }

    /** Whether somebody should be at work at it and is not: killed, or cut off from the database. */
    private boolean isSilent(BackfillStatus status) {
        return status.state() == CheckpointState.RUNNING
                && !status.checkpoint().orElseThrow().isHeld();
    }

    private static boolean isTotal(BackfillStatus status) {
        return status.definition().isTotal();
    }

    private static Optional<Checkpoint.Counts> counts(BackfillStatus status) {
        return status.checkpoint().map(Checkpoint::counts);
    }

    private static @Nullable Double orNull(OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? text("%,d", number.getAsLong()) : "-";
    }

    private static String number(String format, OptionalDouble number) {
        return number.isPresent() ? text(format, number.getAsDouble()) : "-";
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
