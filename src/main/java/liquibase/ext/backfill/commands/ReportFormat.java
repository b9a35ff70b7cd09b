package liquibase.ext.backfill.commands;

import java.util.Locale;

/** How a report is written. */
enum ReportFormat {
    /** For people. */
    TABLE,
    /** For programs: one object in one line, whose keys stay as they are. */
    JSON;

    /** @throws IllegalArgumentException if there is no such format */
    static ReportFormat of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "table" -> TABLE;
            case "json" -> JSON;
            default -> throw new IllegalArgumentException("format is \"%s\": use table or json".formatted(text));
        };
    }
}
