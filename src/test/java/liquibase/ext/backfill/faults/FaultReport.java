package liquibase.ext.backfill.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ext.backfill.testing.TestDatabase;
import org.yaml.snakeyaml.Yaml;

/**
 * What the suite found: a line per fault and database.
 *
 * @param date when, in UTC
 * @param build what tells one run of the suite, in however many JVMs, from another
 * @param seed of what is random
 * @param rounds how many times as often as usual each fault was done
 * @param entries in the order of their faults and databases, one of each
 */
public record FaultReport(String date, String build, long seed, int rounds, List<Entry> entries) {
    /** The one whose numbers are on the page. */
    public static final Path PUBLISHED = Path.of("src/test/resources/faults/report.json");

    /** The one that the suite has just written. */
    public static final Path FRESH = Path.of("target/faults/report.json");

    public FaultReport {
        entries = List.copyOf(entries);
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
        private static Entry of(Map<?, ?> json) {
            Map<String, Long> numbers = new LinkedHashMap<>();
            ((Map<?, ?>) json.get("numbers")).forEach((name, number) -> numbers.put((String) name, number(number)));
            return new Entry(
                    (String) json.get("fault"),
                    TestDatabase.valueOf((String) json.get("database")),
                    number(json.get("times")),
                    new Balance(number(json.get("runs")), number(json.get("lost")), number(json.get("doubled"))),
                    (String) json.get("operatorSees"),
                    numbers);
        }

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

        private static BinaryOperator<Long> adding(String name) {
            return name.startsWith("longest") ? Math::max : Long::sum;
        }

        private String toJson() {
            return """
                    {"fault": %s, "database": %s, "times": %d, "runs": %d, "lost": %d, "doubled": %d,
                     "operatorSees": %s, "numbers": {%s}}""".formatted(
                            text(fault),
                            text(database.name()),
                            times,
                            balance.runs(),
                            balance.lost(),
                            balance.doubled(),
                            text(operatorSees),
                            numbers.entrySet().stream()
                                    .map(number -> text(number.getKey()) + ": " + number.getValue())
                                    .collect(Collectors.joining(", ")));
        }

        private String toMarkdown() {
            String counted = numbers.entrySet().stream()
                    .map(number -> number.getKey() + " " + number.getValue())
                    .collect(Collectors.joining(", "));
            return "| %s | %s | %s | %s |"
                    .formatted(
                            fault,
                            database,
                            counted,
                            operatorSees.replace("|", "\\|").replaceAll("\\s+", " "));
        }
    }

    public static FaultReport read(Path file) throws IOException {
        Map<?, ?> report = new Yaml().load(Files.readString(file)); // any JSON is YAML
        return new FaultReport(
                (String) report.get("date"),
                (String) report.get("build"),
                number(report.get("seed")),
                (int) report.get("rounds"),
                ((List<?>) report.get("entries"))
                        .stream().map(entry -> Entry.of((Map<?, ?>) entry)).toList());
    }

    private static long number(Object json) {
        return ((Number) json).longValue();
    }

    /** With what was found once more, or as a new line. */
    FaultReport with(Entry found) {
        Map<String, Entry> sorted = new TreeMap<>();
        Stream.concat(entries.stream(), Stream.of(found))
                .forEach(entry -> sorted.merge(entry.fault() + '\0' + entry.database(), entry, Entry::plus));
        return new FaultReport(date, build, seed, rounds, List.copyOf(sorted.values()));
    }

    public List<Entry> of(String fault) {
        return entries.stream().filter(entry -> entry.fault().equals(fault)).toList();
    }

    public Optional<Entry> of(String fault, TestDatabase database) {
        return of(fault).stream().filter(entry -> entry.database() == database).findFirst();
    }

    public Set<String> faults() {
        return entries.stream().map(Entry::fault).collect(Collectors.toSet());
    }

    public Set<TestDatabase> databases() {
        return entries.stream().map(Entry::database).collect(Collectors.toSet());
    }

    String toJson() {
        return """
                {"date": %s, "build": %s, "seed": %d, "rounds": %d, "entries": [
                %s
                ]}
                """.formatted(
                        text(date),
                        text(build),
                        seed,
                        rounds,
                        entries.stream().map(Entry::toJson).collect(Collectors.joining(",\n")));
    }

    private static String text(String text) {
        return text.codePoints()
                .mapToObj(point -> point == '"' || point == '\\'
                        ? "\\" + Character.toString(point)
                        : point < 0x20 ? "\\u%04x".formatted(point) : Character.toString(point))
                .collect(Collectors.joining("", "\"", "\""));
    }

    String toMarkdown() {
        List<String> lines = new ArrayList<>();
        lines.add("%s, `%s`".formatted(date, Chance.options()));
        lines.add("");
        lines.add("| fault | PostgreSQL | MySQL | MariaDB | SQLite | runs | lost | doubled |");
        lines.add("|---|---|---|---|---|---|---|---|");
        Map<String, Map<TestDatabase, Entry>> byFault = new LinkedHashMap<>();
        entries.forEach(entry -> byFault.computeIfAbsent(entry.fault(), none -> new EnumMap<>(TestDatabase.class))
                .put(entry.database(), entry));
        byFault.forEach((fault, found) -> lines.add(line(fault, found)));
        lines.add("");
        lines.add("| fault | database | counted | the operator sees |");
        lines.add("|---|---|---|---|");
        entries.forEach(entry -> lines.add(entry.toMarkdown()));
        return String.join("\n", lines) + "\n";
    }

    /** How often the fault was done to each database, and what came of it in all. */
    private static String line(String fault, Map<TestDatabase, Entry> found) {
        String times = Stream.of(TestDatabase.POSTGRESQL, TestDatabase.MYSQL, TestDatabase.MARIADB, TestDatabase.SQLITE)
                .map(database -> found.containsKey(database)
                        ? Long.toString(found.get(database).times())
                        : "–")
                .collect(Collectors.joining(" | "));
        Balance all = found.values().stream().map(Entry::balance).reduce(Balance.NONE, Balance::plus);
        return "| %s | %s | %d | %d | %d |".formatted(fault, times, all.runs(), all.lost(), all.doubled());
    }
}
