package liquibase.ext.backfill.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ext.backfill.faults.Balance;
import liquibase.ext.backfill.faults.FaultReport;
import liquibase.ext.backfill.faults.FaultReport.Entry;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page says of faults is what the suite found: every number, and every word that the operator sees. */
class FaultPageTest {
    private static final Page PAGE = new Page(Page.SITE.resolve("what-happens-if.md"));
    private static final FaultReport PUBLISHED = published();
    private static final List<String> DATABASES = List.of("PostgreSQL", "MySQL", "MariaDB", "SQLite");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*\\d|\\d");
    private static final String THE_SAME = "the same";

    private static FaultReport published() {
        try {
            return FaultReport.read(FaultReport.PUBLISHED);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A line of a table: its cells by their columns' names. */
    private record Line(Map<String, String> cells) {
        String cell(String column) {
            return cells.getOrDefault(column, "");
        }

        /** By the name that the suite has for it. */
        String fault() {
            return cells.containsKey("if …")
                    ? cell("if …")
                    : "clients at %s beside %s".formatted(cell("clients at"), cell("backfills"));
        }

        @Override
        public String toString() {
            return fault() + " " + cell("");
        }
    }

    private static List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        List<String> columns = List.of();
        for (String text : PAGE.text().lines().toList()) {
            List<String> cells = text.startsWith("|")
                    ? Stream.of(text.substring(1, text.length() - 1).split("(?<!\\\\)\\|"))
                            .map(String::strip)
                            .toList()
                    : List.of();
            if (cells.isEmpty() || columns.isEmpty()) {
                columns = cells;
            } else if (!cells.get(0).startsWith("---")) {
                Map<String, String> line = new HashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    line.put(columns.get(i), cells.get(i));
                }
                lines.add(new Line(line));
            }
        }
        return lines;
    }

    static Stream<Line> faults() {
        return lines().stream().filter(line -> line.cells().containsKey("if …"));
    }

    static Stream<Line> clients() {
        return lines().stream().filter(line -> line.cells().containsKey("clients at"));
    }

    private static TestDatabase product(String database) {
        return TestDatabase.valueOf(database.toUpperCase(Locale.ROOT));
    }

    @Test
    void the_page_has_all_that_the_suite_found_and_nothing_else() {
        assertThat(lines().stream().map(Line::fault).collect(Collectors.toSet()))
                .isEqualTo(PUBLISHED.faults());
        assertThat(clients().map(line -> List.of(line.fault(), product(line.cell("")))))
                .containsExactlyInAnyOrderElementsOf(PUBLISHED.entries().stream()
                        .filter(entry -> entry.fault().startsWith("clients at "))
                        .map(entry -> List.of(entry.fault(), entry.database()))
                        .toList());
    }

    @Test
    void the_page_says_when_the_numbers_were_found_and_how() {
        assertThat(PAGE.text())
                .contains("The numbers are of " + PUBLISHED.date())
                .contains("seed " + PUBLISHED.seed());
        assertThat(PUBLISHED.rounds()).isOne();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void each_fault_was_done_as_often_as_the_page_says(Line line) {
        for (String database : DATABASES) {
            assertThat(line.cell(database))
                    .as(database)
                    .isEqualTo(PUBLISHED
                            .of(line.fault(), product(database))
                            .map(entry -> Long.toString(entry.times()))
                            .orElse("–"));
        }
        assertThat(line.cell("lost")).isEqualTo(sum(line, Balance::lost));
        assertThat(line.cell("doubled")).isEqualTo(sum(line, Balance::doubled));
    }

    private interface Figure {
        long of(Balance balance);
    }

    private static String sum(Line line, Figure figure) {
        return Long.toString(PUBLISHED.of(line.fault()).stream()
                .map(Entry::balance)
                .mapToLong(figure::of)
                .sum());
    }

    /** What is quoted was said, whatever stands for …; where something was said something is quoted. */
    @ParameterizedTest
    @MethodSource("faults")
    void what_the_operator_sees_was_seen(Line line) {
        String said =
                PUBLISHED.of(line.fault()).stream().map(Entry::operatorSees).collect(Collectors.joining("\n"));
        String cell = sees(line);
        List<String> quoted =
                CODE.matcher(cell).results().map(code -> code.group(1)).toList();

        assertThat(quoted.isEmpty()).as("%s, and it was said: %s", cell, said).isEqualTo(said.isBlank());
        assertThat(quoted.stream().flatMap(code -> Stream.of(code.split("…"))).map(String::strip))
                .filteredOn(part -> part.matches("(?s).*\\w{2}.*"))
                .allSatisfy(part -> assertThat(said).contains(part));
    }

    /** In full, where it is the same as in the line before. */
    private static String sees(Line line) {
        String before = "";
        for (Line one : faults().toList()) {
            String cell = one.cell("the operator sees");
            String full = cell.startsWith(THE_SAME) ? before + cell : cell;
            if (one.equals(line)) {
                return full;
            }
            before = full;
        }
        throw new AssertionError(line);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void what_else_was_counted_is_what_the_page_says(Line line) {
        Set<Long> counted = new HashSet<>();
        PUBLISHED
                .of(line.fault())
                .forEach(entry -> counted.addAll(entry.numbers().values()));

        assertThat(numbers(CODE.matcher(line.cell("the operator sees")).replaceAll("")))
                .isSubsetOf(counted);
    }

    private static List<Long> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(number -> Long.valueOf(number.replace(",", "")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void what_clients_met_is_what_the_page_says(Line line) {
        Entry found = PUBLISHED.of(line.fault(), product(line.cell(""))).orElseThrow();
        Set<String> figures = new HashSet<>(line.cells().keySet());
        figures.removeAll(Set.of("clients at", "backfills", "", "lost", "doubled"));

        assertThat(figures).isNotEmpty();
        assertThat(figures).allSatisfy(figure -> assertThat(line.cell(figure))
                .as(figure)
                .isEqualTo(String.valueOf(found.numbers().get(figure))));
        assertThat(line.cell("lost")).isEqualTo(Long.toString(found.balance().lost()));
        assertThat(line.cell("doubled")).isEqualTo(Long.toString(found.balance().doubled()));
    }

    @Test
    void the_writes_of_clients_are_as_many_as_the_page_says() {
        long writes = PUBLISHED.entries().stream()
                .mapToLong(entry ->
                        entry.numbers().getOrDefault("writes that clients committed, all found as they left them", 0L))
                .sum();

        assertThat(PAGE.text()).contains("Of %,d writes".formatted(writes));
    }

    @Test
    void at_read_committed_no_client_that_touches_one_run_had_anything_to_repeat() {
        assertThat(PUBLISHED.entries().stream().filter(entry -> entry.fault()
                        .matches("clients at read committed beside .* at read committed")))
                .hasSizeGreaterThanOrEqualTo(9)
                .allSatisfy(entry -> assertThat(entry.numbers()).containsEntry("repeated, one run", 0L));
    }
}
