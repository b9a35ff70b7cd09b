package liquibase.ext.backfill.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A table of a report. */
final class Table {
    private final String title;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String title, String... columns) {
        this.title = title;
        this.columns = List.of(columns);
    }

    void row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("%d cells for %d columns".formatted(cells.length, columns.size()));
        }
        rows.add(List.of(cells));
    }

    String markdown() {
        var text = new StringBuilder("## " + title + "\n\n");
        text.append(line(columns)).append("|---".repeat(columns.size())).append("|\n");
        rows.forEach(row -> text.append(line(row)));
        return text.append('\n').toString();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
