package liquibase.ext.backfill.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillInspection;
import liquibase.ext.backfill.engine.Isolation;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an update costs once everything is there, and when one row in all is missing. It reads no document, so they are small. */
@Tag("benchmark")
class GuardBenchmarkIT {
    private static final String BACKFILLS = "liquibase-backfill/backfills/db.changelog-backfills.yaml";
    private static final List<String> SMALL = List.of("{\"componentRef\": {\"spec\": {\"name\": \"Train\"}}}");

    static List<TestDatabase> databases() {
        return BenchmarkSettings.databases();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void an_update_that_finds_nothing_to_do(TestDatabase database) throws Exception {
        Report report = null;
        for (int size : BenchmarkSettings.sizes()) {
            var workload = new Workload(Product.of(database), size, SMALL, true);
            try (FreshDatabase fresh = database.freshDatabase();
                    Connection connection = fresh.connect()) {
                report = report == null ? new Report("guard-" + database, connection) : report;
                workload.create(connection);
                Floor.CONSTANTS.run(connection);
                Workload.execute(connection, workload.product().settled(true));
                LiquibaseUpdate.run(connection, BACKFILLS);
                measure(report, workload, connection, ProcessorTime.of(database));
            }
        }
        report.write();
    }

    private static void measure(Report report, Workload workload, Connection connection, ProcessorTime time)
            throws Exception {
        var original = new Original(workload.product(), Isolation.SERIALIZABLE);
        var inspection = BackfillInspection.on(connection);
        Path folder = Files.createDirectories(Path.of("target", "benchmarks", "changelogs"));
        Files.writeString(folder.resolve("empty.sql"), "--liquibase formatted sql\n");
        var counts = new Result("original: its three counts of missing rows");
        var parity = new Result("ours: parity of the same three");
        var empty = new Result("an update of an empty changelog");
        var update = new Result("an update, everything is there");
        var oneMissing = new Result("an update, one row is missing");
        for (int round = 0; round < BenchmarkSettings.ROUNDS; round++) {
            counts.rounds()
                    .add(Cost.of(
                            () -> {
                                for (Original.Part part : original.parts()) {
                                    Workload.number(connection, original.missing(part));
                                }
                            },
                            time));
            parity.rounds()
                    .add(Cost.of(
                            () -> {
                                for (BackfillDefinition definition : SystemAnnotations.all()) {
                                    inspection.parity(definition);
                                }
                            },
                            time));
            try (var resources = new DirectoryResourceAccessor(folder)) {
                empty.rounds().add(Cost.of(() -> LiquibaseUpdate.run(connection, "empty.sql", resources), time));
            }
            update.rounds().add(Cost.of(() -> LiquibaseUpdate.run(connection, BACKFILLS), time));
            removeOne(connection, workload);
            oneMissing.rounds().add(Cost.of(() -> LiquibaseUpdate.run(connection, BACKFILLS), time));
            requireComplete(connection, workload);
        }
        report.results(
                "%s, %,d runs".formatted(workload.product().label(), workload.runs()),
                List.of(counts, parity, empty, update, oneMissing));
    }

    private static void removeOne(Connection connection, Workload workload) throws Exception {
        String key = workload.product().key();
        String middle = "SELECT MIN(pipeline_run_id) FROM annotation_before WHERE pipeline_run_id > '8'";
        Workload.execute(
                connection,
                List.of("DELETE FROM pipeline_run_annotation WHERE %s = '%s' AND pipeline_run_id = (%s)"
                        .formatted(key, Original.CREATED_BY, middle)));
    }

    private static void requireComplete(Connection connection, Workload workload) throws Exception {
        long rows = workload.systemAnnotations(connection);
        if (rows != 2L * workload.runs()) {
            throw new IllegalStateException("%d annotations of %d".formatted(rows, 2L * workload.runs()));
        }
    }
}
