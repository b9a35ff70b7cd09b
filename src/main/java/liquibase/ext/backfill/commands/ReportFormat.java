package liquibase.ext.backfill.commands;

import java.util.Locale;
import java.util.function.Supplier;
import liquibase.command.CommandArgumentDefinition;
import liquibase.command.CommandBuilder;

/** How a report is written. */
enum ReportFormat {
    /** For people. */
    TABLE,
    /** For programs: one object in one line, whose keys stay as they are. */
    JSON;

    /** The argument by which a command is told its format. */
    static CommandArgumentDefinition<String> argument(CommandBuilder builder) {
        return builder.argument("format", String.class)
                .defaultValue("table")
                .description("table or json")
                .build();
    }

    /** The report that is wanted; the other one is not made. */
    String choose(Supplier<String> table, Supplier<String> json) {
        return this == JSON ? json.get() : table.get();
    }

    /** @throws IllegalArgumentException if there is no such format */
    static ReportFormat of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "table" -> TABLE;
            case "json" -> JSON;
            default -> throw new IllegalArgumentException("format is \"%s\": use table or json".formatted(text));
        };
    }
}
