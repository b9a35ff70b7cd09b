package liquibase.ext.backfill.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** A report of the fault suite, as it writes it. */
record FaultNumbers(String date, int seed, int rounds, List<Entry> entries) {
    /** The one whose numbers are on the page. */
    static final Path PUBLISHED = Path.of("src/test/resources/faults/report.json");

    /** The one that the suite has just written. */
    static final Path FRESH = Path.of("target/faults/report.json");

    /** A fault that was done to a database. */
    record Entry(
            String fault,
            String database,
            int times,
            int lost,
            int doubled,
            String operatorSees,
            Map<String, Integer> numbers) {}

    static FaultNumbers read(Path file) throws IOException {
        Map<?, ?> report = new Yaml().load(Files.readString(file));
        List<Entry> entries = new ArrayList<>();
        for (Object each : (List<?>) report.get("entries")) {
            var entry = (Map<?, ?>) each;
            Map<String, Integer> numbers = new HashMap<>();
            ((Map<?, ?>) entry.get("numbers")).forEach((name, number) -> numbers.put((String) name, (int) number));
            entries.add(new Entry(
                    (String) entry.get("fault"),
                    (String) entry.get("database"),
                    (int) entry.get("times"),
                    (int) entry.get("lost"),
                    (int) entry.get("doubled"),
                    (String) entry.get("operatorSees"),
                    numbers));
        }
        return new FaultNumbers(
                (String) report.get("date"), (int) report.get("seed"), (int) report.get("rounds"), entries);
    }

    List<Entry> of(String fault) {
        return entries.stream().filter(entry -> entry.fault().equals(fault)).toList();
    }

    Optional<Entry> of(String fault, String database) {
        return of(fault).stream()
                .filter(entry -> entry.database().equals(database))
                .findFirst();
    }

    Set<String> faults() {
        return entries.stream().map(Entry::fault).collect(Collectors.toSet());
    }

    Set<String> databases() {
        return entries.stream().map(Entry::database).collect(Collectors.toSet());
    }
}
