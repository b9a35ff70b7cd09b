package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.Isolation;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the backfills cost, against what one would write by hand and against what the database cannot do cheaper. */
@Tag("benchmark")
class ThroughputBenchmarkIT {
    /** PostgreSQL twice: its plans depend on statistics, which a table that has just been filled lacks. */
    static Stream<Arguments> cases() {
        return BenchmarkSettings.databases().stream()
                .flatMap(database -> database == TestDatabase.POSTGRESQL
                        ? Stream.of(Arguments.of(database, true), Arguments.of(database, false))
                        : Stream.of(Arguments.of(database, true)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void filling_in_what_is_missing(TestDatabase database, boolean analysed) throws Exception {
        Product product = Product.of(database);
        var workload = new Workload(product, BenchmarkSettings.RUNS, TaskSpecs.templates(), analysed);
        try (FreshDatabase fresh = database.freshDatabase();
                Connection connection = fresh.connect()) {
            workload.create(connection);
            var rounds = new Rounds(connection, workload, ProcessorTime.of(database));
            String title =
                    "%s%s, %,d runs".formatted(product.label(), analysed ? "" : ", never analysed", workload.runs());
            var report =
                    new Report("throughput-%s%s".formatted(database, analysed ? "" : "-never-analysed"), connection);
            report.results(title, rounds.run(BenchmarkSettings.chosen(variants(product)), BenchmarkSettings.ROUNDS));
            report.write();
        }
    }

    private static List<Variant> variants(Product product) {
        var original = new Original(product, Isolation.SERIALIZABLE);
        return List.of(
                original,
                new JdbcBatch(original),
                new SqlChanges(original),
                new NaiveChunks(original),
                new Ours("ours, serializable (default)", BackfillOptions.defaults()),
                new Ours(
                        "ours, read-committed",
                        BackfillOptions.builder()
                                .isolation(Isolation.READ_COMMITTED)
                                .build()),
                new OursAtOnce(),
                Floor.EXPRESSIONS,
                Floor.PREPARED,
                Floor.CONSTANTS);
    }
}
