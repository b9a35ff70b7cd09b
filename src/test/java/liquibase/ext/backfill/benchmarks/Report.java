package liquibase.ext.backfill.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one benchmark found on one database: Markdown for readers, JSON for programs, and charts. */
final class Report {
    private final String name;
    private final StringBuilder markdown = new StringBuilder();
    private final Map<String, Object> data = new LinkedHashMap<>();
    private final Path folder = Path.of("target", "benchmarks");

    /** @param name of its files, without an ending */
    Report(String name, Connection connection) throws SQLException {
        this.name = name.toLowerCase(Locale.ROOT);
        DatabaseMetaData database = connection.getMetaData();
        fact("date", LocalDate.now(ZoneOffset.UTC).toString());
        fact("database", database.getDatabaseProductName() + " " + database.getDatabaseProductVersion());
        fact("machine", machine());
        fact("java", System.getProperty("java.version"));
        fact("runs", BenchmarkSettings.RUNS);
        fact("rounds", BenchmarkSettings.ROUNDS);
        markdown.append("# %s: %s\n\n".formatted(name, data));
    }

    private static String machine() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return "%d processors, %d GB"
                .formatted(system.getAvailableProcessors(), Math.round(system.getTotalMemorySize() / 1e9));
    }

    /** For the JSON alone. */
    void fact(String fact, Object value) {
        data.put(fact, value);
    }

    void table(Table table) {
        markdown.append(table.markdown());
    }

    void chart(String chartName, Chart chart) throws IOException {
        String file = chartName + ".svg";
        Files.writeString(Files.createDirectories(folder).resolve(file), chart.svg());
        markdown.append("![%s](%s)\n\n".formatted(chartName, file));
    }

    /** Writes it, and shows it where Maven shows it. */
    void write() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".md"), markdown);
        Files.writeString(folder.resolve(name + ".json"), JsonText.of(data) + "\n");
        System.out.println(markdown);
    }

    /** The results of variants, the first of which the others are compared with. */
    void results(String title, List<Result> results) throws IOException {
        Result base = results.get(0);
        var table = new Table(title, "variant", "wall, s", "÷ first", "database CPU, s", "÷ first", "Java objects, MB");
        var chart = new Chart(title + ": database CPU ÷ the first, median and span of the rounds");
        for (Result result : results) {
            Samples wall = result.of(Cost::wall);
            Samples processor = result.of(Cost::processor);
            table.row(
                    result.variant(),
                    span("%.2f", wall),
                    ratio(wall, base.of(Cost::wall)),
                    span("%.2f", processor),
                    ratio(processor, base.of(Cost::processor)),
                    "%.0f".formatted(result.of(Cost::allocated).median()));
            if (base.of(Cost::processor).min() == 0) {
                continue; // too short for the clock
            }
            Samples ratios = processor.dividedBy(base.of(Cost::processor));
            chart.bar(
                    result.variant(),
                    processor.median() / base.of(Cost::processor).median(),
                    ratios.min(),
                    ratios.max());
        }
        table(table);
        chart(name + "-" + title.replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT), chart);
        fact(title, results.stream().map(Report::data).toList());
    }

    private static Map<String, Object> data(Result result) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("variant", result.variant());
        data.put("wall", result.of(Cost::wall).values());
        data.put("processor", result.of(Cost::processor).values());
        data.put("allocated", result.of(Cost::allocated).values());
        return data;
    }

    /** The median, with the smallest and the largest. */
    static String span(String format, Samples samples) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + "–" + format + ")",
                samples.median(),
                samples.min(),
                samples.max());
    }

    /** The ratio of the medians, with the smallest and the largest ratio of one round. */
    static String ratio(Samples samples, Samples base) {
        if (base.min() == 0) {
            return "–"; // too short for the clock
        }
        Samples ratios = samples.dividedBy(base);
        return String.format(
                Locale.ROOT, "**%.2f** (%.2f–%.2f)", samples.median() / base.median(), ratios.min(), ratios.max());
    }
}
