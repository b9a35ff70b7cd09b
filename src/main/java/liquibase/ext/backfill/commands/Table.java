package liquibase.ext.backfill.commands;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines up texts in columns: the first to the left, the others, which hold words and numbers, to the right. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(Arrays.asList(headings));
    }

    void add(String... cells) {
        rows.add(Arrays.asList(cells));
    }

    @Override
    public String toString() {
        List<Integer> widths = IntStream.range(0, rows.get(0).size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> row, List<Integer> widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column ->
                        ("%" + (column == 0 ? "-" : "") + widths.get(column) + "s").formatted(row.get(column)))
                .collect(Collectors.joining("  ", "", "\n"));
    }
}
