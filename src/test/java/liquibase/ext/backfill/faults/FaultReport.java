package liquibase.ext.backfill.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ext.backfill.testing.TestDatabase;

/**
 * What the suite found, in {@code target/faults}: a line per fault and database. Written anew with every entry, so that a
 * suite that breaks off leaves what it has.
 */
public final class FaultReport {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    private static final Path FOLDER = PROJECT.resolve("target").resolve("faults");
    /** Host, process and what tells two runs in it apart. */
    private static final Pattern RUNNER = Pattern.compile("\\S+:\\d+:[0-9a-f-]{36}");

    private static final Map<List<String>, Entry> ENTRIES = new TreeMap<>(FaultReport::compare);

    private FaultReport() {}

    private static int compare(List<String> one, List<String> other) {
        return String.join("\0", one).compareTo(String.join("\0", other));
    }

    /**
     * A fault that was done to one database.
     *
     * @param fault what was done
     * @param database to which
     * @param times how often
     * @param balance the tables after the last of the runs that the fault calls for
     * @param operatorSees the message that it ends with, if it ends with one
     * @param numbers what else was counted, each a sum unless its name begins with "longest"
     */
    public record Entry(
            String fault,
            TestDatabase database,
            long times,
            Balance balance,
            String operatorSees,
            Map<String, Long> numbers) {
        private Entry plus(Entry other) {
            Map<String, Long> both = new LinkedHashMap<>(numbers);
            other.numbers.forEach((name, number) -> both.merge(name, number, adding(name)));
            return new Entry(
                    fault,
                    database,
                    times + other.times,
                    balance.plus(other.balance),
                    operatorSees.isEmpty() ? other.operatorSees : operatorSees,
                    both);
        }

        /** Neither runners nor folders: the report is published. */
        private Entry withoutWhereItRan() {
            String sees = RUNNER.matcher(operatorSees).replaceAll("…");
            return new Entry(fault, database, times, balance, sees.replace(PROJECT + File.separator, ""), numbers);
        }

        private static BinaryOperator<Long> adding(String name) {
            return name.startsWith("longest") ? Math::max : Long::sum;
        }
    }

    public static synchronized void enter(Entry found) {
        Entry entry = found.withoutWhereItRan();
        ENTRIES.merge(List.of(entry.fault(), entry.database().name()), entry, Entry::plus);
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve("report.json"), json());
            Files.writeString(FOLDER.resolve("report.md"), markdown());
        } catch (IOException e) {
            throw new UncheckedIOException("the report of the fault suite cannot be written to " + FOLDER, e);
        }
    }

    private static String json() {
        String entries = ENTRIES.values().stream()
                .map(entry -> """
                          {"fault": %s, "database": %s, "times": %d, "runs": %d, "lost": %d, "doubled": %d,
                           "operatorSees": %s, "numbers": {%s}}""".formatted(
                                text(entry.fault()),
                                text(entry.database().name()),
                                entry.times(),
                                entry.balance().runs(),
                                entry.balance().lost(),
                                entry.balance().doubled(),
                                text(entry.operatorSees()),
                                entry.numbers().entrySet().stream()
                                        .map(number -> text(number.getKey()) + ": " + number.getValue())
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining(",\n"));
        return """
                {"date": "%s", "seed": %d, "rounds": %d, "entries": [
                %s
                ]}
                """.formatted(LocalDate.now(ZoneOffset.UTC), Chance.SEED, Chance.ROUNDS, entries);
    }

    private static String text(String text) {
        return text.codePoints()
                .mapToObj(point -> point == '"' || point == '\\'
                        ? "\\" + Character.toString(point)
                        : point < 0x20 ? "\\u%04x".formatted(point) : Character.toString(point))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("%s, `%s`".formatted(LocalDate.now(ZoneOffset.UTC), Chance.options()));
        lines.add("");
        lines.add("| fault | PostgreSQL | MySQL | MariaDB | SQLite | runs | lost | doubled |");
        lines.add("|---|---|---|---|---|---|---|---|");
        Map<String, Map<TestDatabase, Entry>> byFault = new LinkedHashMap<>();
        ENTRIES.values()
                .forEach(entry -> byFault.computeIfAbsent(entry.fault(), none -> new EnumMap<>(TestDatabase.class))
                        .put(entry.database(), entry));
        byFault.forEach((fault, entries) -> lines.add(line(fault, entries)));
        lines.add("");
        lines.add("| fault | database | counted | the operator sees |");
        lines.add("|---|---|---|---|");
        ENTRIES.values().forEach(entry -> lines.add(details(entry)));
        return String.join("\n", lines) + "\n";
    }

    /** How often the fault was done to each database, and what came of it in all. */
    private static String line(String fault, Map<TestDatabase, Entry> entries) {
        String times = Stream.of(TestDatabase.POSTGRESQL, TestDatabase.MYSQL, TestDatabase.MARIADB, TestDatabase.SQLITE)
                .map(database -> entries.containsKey(database)
                        ? Long.toString(entries.get(database).times())
                        : "–")
                .collect(Collectors.joining(" | "));
        Balance all = entries.values().stream().map(Entry::balance).reduce(Balance.NONE, Balance::plus);
        return "| %s | %s | %d | %d | %d |".formatted(fault, times, all.runs(), all.lost(), all.doubled());
    }

    private static String details(Entry entry) {
        String numbers = entry.numbers().entrySet().stream()
                .map(number -> number.getKey() + " " + number.getValue())
                .collect(Collectors.joining(", "));
        return "| %s | %s | %s | %s |"
                .formatted(
                        entry.fault(),
                        entry.database(),
                        numbers,
                        entry.operatorSees().replace("|", "\\|").replaceAll("\\s+", " "));
    }
}
