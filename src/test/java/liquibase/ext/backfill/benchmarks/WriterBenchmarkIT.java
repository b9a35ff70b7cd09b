package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.Isolation;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a service feels while its runs are backfilled. */
@Tag("benchmark")
class WriterBenchmarkIT {
    private static final int IDLE_SECONDS = 10;

    static List<TestDatabase> databases() {
        return BenchmarkSettings.databases();
    }

    /** Something that a service goes on beside. */
    private record Beside(String label, Cost.Work work) {}

    @ParameterizedTest
    @MethodSource("databases")
    void a_writer_beside_a_backfill(TestDatabase database) throws Exception {
        Product product = Product.of(database);
        var workload = new Workload(product, BenchmarkSettings.RUNS, TaskSpecs.templates(), true);
        try (FreshDatabase fresh = database.freshDatabase();
                Connection connection = fresh.connect()) {
            workload.create(connection);
            var report = new Report("writer-" + database, connection);
            var table = new Table(
                    "%s, %,d runs: milliseconds of a writer's transaction".formatted(product.label(), workload.runs()),
                    "beside",
                    "seconds",
                    "transactions",
                    "repeated",
                    "insert p50",
                    "p99",
                    "max",
                    "update p50",
                    "p99",
                    "max");
            for (Beside beside : besides(product, connection)) {
                workload.restore(connection);
                measure(beside, new ServiceWriter(fresh, workload, keys(connection)), report, table);
            }
            report.table(table);
            report.write();
        }
    }

    private static List<Beside> besides(Product product, Connection connection) {
        List<Beside> besides = new ArrayList<>();
        besides.add(new Beside("nothing", () -> TimeUnit.SECONDS.sleep(IDLE_SECONDS)));
        for (Isolation isolation : Isolation.values()) {
            var original = new Original(product, isolation);
            var ours = new Ours(
                    "ours, " + Levels.name(isolation),
                    BackfillOptions.builder().isolation(isolation).build());
            if (product != Product.SQLITE || isolation == Isolation.SERIALIZABLE) { // it has no other
                besides.add(new Beside("original, " + Levels.name(isolation), () -> original.run(connection)));
            }
            besides.add(new Beside(ours.label(), () -> ours.run(connection)));
        }
        return besides;
    }

    private static void measure(Beside beside, ServiceWriter writer, Report report, Table table) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        long startedAt = System.nanoTime();
        String label = beside.label();
        try {
            Future<?> writing = executor.submit(writer);
            try {
                beside.work().run();
            } catch (SQLException e) {
                label += ", which failed: " + e.getMessage();
            }
            writer.stop();
            writing.get(5, TimeUnit.MINUTES);
        } finally {
            executor.shutdown();
        }
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        List<String> row = new ArrayList<>(List.of(
                label,
                "%.1f".formatted(seconds),
                Integer.toString(writer.inserts().values().size()
                        + writer.updates().values().size()),
                Integer.toString(writer.failures())));
        for (Samples samples : List.of(writer.inserts(), writer.updates())) {
            for (double percent : new double[] {50, 99, 100}) {
                row.add(String.format(Locale.ROOT, "%.1f", samples.percentile(percent)));
            }
        }
        table.row(row.toArray(String[]::new));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("inserts", writer.inserts().values());
        data.put("updates", writer.updates().values());
        report.fact(label, data);
    }

    /** A thousand of them, all over the table. */
    private static List<String> keys(Connection connection) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM pipeline_run WHERE id LIKE '%7_0d3f'")) {
            while (row.next()) {
                keys.add(row.getString(1));
            }
        }
        return keys;
    }
}
