package liquibase.ext.backfill.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import liquibase.ext.backfill.testing.TestDatabase;

/** What a benchmark is told by system properties. */
final class BenchmarkSettings {
    /** How many pipeline runs there are: {@code -Dbenchmark.runs}. */
    static final int RUNS = Integer.getInteger("benchmark.runs", 10_000);

    /** How often everything is measured: {@code -Dbenchmark.rounds}. */
    static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);

    /** Which variants to measure besides the first, by a regular expression: {@code -Dbenchmark.variants=ours.*}. */
    private static final String VARIANTS = System.getProperty("benchmark.variants", ".*");

    private BenchmarkSettings() {}

    /** The chosen ones of many, and the first, with which they are compared. */
    static List<Variant> chosen(List<Variant> variants) {
        return variants.stream()
                .filter(variant -> variant == variants.get(0) || variant.label().matches(VARIANTS))
                .toList();
    }

    /**
     * The databases to measure: {@code -Dbenchmark.databases=postgresql,mysql}. MySQL is among them by itself only where
     * a server is named, {@code -Dbackfill.test.mysql.url}.
     */
    static List<TestDatabase> databases() {
        boolean mysql = System.getProperty("backfill.test.mysql.url") != null;
        String names = System.getProperty("benchmark.databases", "sqlite,postgresql,mariadb" + (mysql ? ",mysql" : ""));
        return Arrays.stream(names.split(","))
                .map(name -> TestDatabase.valueOf(name.strip().toUpperCase(Locale.ROOT)))
                .toList();
    }

    /** Sizes that grow tenfold up to the number of runs; to see how a cost grows. */
    static List<Integer> sizes() {
        return List.of(RUNS / 100, RUNS / 10, RUNS).stream()
                .filter(size -> size > 0)
                .toList();
    }
}
