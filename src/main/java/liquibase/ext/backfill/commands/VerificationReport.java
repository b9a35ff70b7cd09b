package liquibase.ext.backfill.commands;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ext.backfill.Json;
import liquibase.ext.backfill.engine.Finding;
import liquibase.ext.backfill.engine.Verification;

/**
 * What {@code backfill-verify} says. It names rows by their keys and shows no value: values may be personal, and reports
 * end up in logs.
 *
 * @param entries in the changelog's order
 */
record VerificationReport(List<Entry> entries) {
    VerificationReport {
        entries = List.copyOf(entries);
    }

    /**
     * One target identity.
     *
     * @param judgement who judges it
     * @param verification what was found; empty if it could not be looked at
     * @param problem why it could not be looked at, as complete sentences
     */
    record Entry(Judgement judgement, Optional<Verification> verification, Optional<String> problem) {
        static Entry of(Judgement judgement, Verification verification) {
            return new Entry(judgement, Optional.of(verification), Optional.empty());
        }

        static Entry problem(Judgement judgement, String problem) {
            return new Entry(judgement, Optional.empty(), Optional.of(problem));
        }

        boolean holds() {
            return verification.map(Verification::holds).orElse(false);
        }

        long rows(Finding finding) {
            return verification.map(found -> found.of(finding).rows()).orElse(0L);
        }
    }

    boolean holds() {
        return entries.stream().allMatch(Entry::holds);
    }

    /** The outcome in one sentence. */
    String verdict() {
        if (holds()) {
            return "No row is missing or double. " + drift() + unjudged();
        }
        boolean mendable = entries.stream().anyMatch(entry -> entry.rows(Finding.MISSING) > 0);
        return entries.stream()
                .filter(entry -> !entry.holds())
                .map(VerificationReport::failure)
                .collect(Collectors.joining(
                        "; ",
                        "Verification failed: ",
                        mendable ? ". Run `liquibase backfill-run` for what is missing." : "."));
    }

    private String drift() {
        long drifted = rows(Finding.EMPTY) + rows(Finding.OTHER) + rows(Finding.RESPELLED);
        return drifted == 0
                ? (rows(Finding.REFUSED) == 0 ? "No value differs" : "No value that was judged differs")
                        + " from its source."
                : String.format(
                        Locale.ROOT,
                        "%,d rows differ from their source and are left alone: existing rows are never changed.",
                        drifted);
    }

    private String unjudged() {
        long refused = rows(Finding.REFUSED);
        return refused == 0
                ? ""
                : String.format(
                        Locale.ROOT, " Not judged, because the database refuses to compute their value: %,d.", refused);
    }

    private long rows(Finding finding) {
        return entries.stream().mapToLong(entry -> entry.rows(finding)).sum();
    }

    private static String failure(Entry entry) {
        return entry.problem().isPresent()
                ? "%s could not be looked at"
                        .formatted(entry.judgement().judge().name())
                : String.format(
                        Locale.ROOT,
                        "%s has %,d missing and %,d double",
                        entry.judgement().judge().name(),
                        entry.rows(Finding.MISSING),
                        entry.rows(Finding.DUPLICATE));
    }

    String toTable() {
        if (entries.isEmpty()) {
            return Output.NO_BACKFILL;
        }
        String[] headings = Stream.concat(
                        Stream.of("BACKFILL", "ROWS"),
                        Arrays.stream(Finding.values()).map(Finding::name))
                .toArray(String[]::new);
        var table = new Table(headings);
        for (Entry entry : entries) {
            table.add(Stream.concat(
                            Stream.of(
                                    entry.judgement().judge().name(),
                                    entry.verification()
                                            .map(found -> number(found.sourceRows()))
                                            .orElse("-")),
                            Arrays.stream(Finding.values())
                                    .map(finding ->
                                            entry.verification().isPresent() ? number(entry.rows(finding)) : "-"))
                    .toArray(String[]::new));
        }
        return table + entries.stream().map(VerificationReport::notes).collect(Collectors.joining()) + verdict() + "\n";
    }

    private static String notes(Entry entry) {
        String name = entry.judgement().judge().name();
        Stream<String> covered = entry.judgement().covered().stream()
                .filter(other -> !other.equals(name))
                .map(other -> "it judges the rows of %s too".formatted(other));
        Stream<String> keys = Arrays.stream(Finding.values())
                .filter(finding -> finding != Finding.EXACT && entry.rows(finding) > 0)
                .map(finding -> "%s, the first: %s"
                        .formatted(
                                finding.name().toLowerCase(Locale.ROOT),
                                String.join(
                                        ", ",
                                        entry.verification()
                                                .orElseThrow()
                                                .of(finding)
                                                .keys())));
        Stream<String> refusal = entry.verification().flatMap(Verification::refusal).stream()
                .map(reason -> "refused because: " + reason);
        Stream<String> notes =
                Stream.of(covered, keys, refusal).flatMap(lines -> lines).map(note -> name + ": " + note);
        return Stream.concat(notes, entry.problem().stream())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    String toJson() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("verified", holds());
        report.put("backfills", entries.stream().map(VerificationReport::json).toList());
        return Json.of(report) + "\n";
    }

    private static Map<String, Object> json(Entry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", entry.judgement().judge().name());
        json.put("judges", entry.judgement().covered());
        json.put("verified", entry.holds());
        json.put(
                "sourceRows", entry.verification().map(Verification::sourceRows).orElse(null));
        for (Finding finding : Finding.values()) {
            json.put(
                    finding.name().toLowerCase(Locale.ROOT),
                    entry.verification().map(found -> json(found.of(finding))).orElse(null));
        }
        json.put("refusal", entry.verification().flatMap(Verification::refusal).orElse(null));
        json.put("problem", entry.problem().orElse(null));
        return json;
    }

    private static Map<String, Object> json(Verification.Found found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", found.rows());
        json.put("keys", found.keys());
        return json;
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
