package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What it costs to go on after a runner died when half of the work was done. */
@Tag("benchmark")
class RecoveryBenchmarkIT {
    /** The lease: how long the next runner waits for the dead one. Its default is 30 s; that much is no news. */
    private static final BackfillOptions OPTIONS =
            BackfillOptions.builder().lease(Duration.ofSeconds(1)).build();

    static List<TestDatabase> databases() {
        return BenchmarkSettings.databases();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void going_on_after_half(TestDatabase database) throws Exception {
        var workload = new Workload(Product.of(database), BenchmarkSettings.RUNS, TaskSpecs.templates(), true);
        ProcessorTime time = ProcessorTime.of(database);
        var whole = new Result("uninterrupted");
        var untilHalf = new Result("until it died at half");
        var rest = new Result("the rest, by the next runner");
        try (FreshDatabase fresh = database.freshDatabase();
                Connection connection = fresh.connect()) {
            workload.create(connection);
            var report = new Report("recovery-" + database, connection);
            var firstChunk = new Result("of it, until its first chunk was committed");
            for (int round = 0; round < BenchmarkSettings.ROUNDS; round++) {
                workload.restore(connection);
                whole.rounds().add(Cost.of(() -> new Ours("", OPTIONS).run(connection), time));
                workload.restore(connection);
                untilHalf.rounds().add(Cost.of(() -> dieAtHalf(fresh, workload.runs() * 3 / 2), time));
                goOn(connection, time, rest, firstChunk);
            }
            report.results(
                    "%s, %,d runs".formatted(workload.product().label(), workload.runs()),
                    List.of(whole, untilHalf, rest, firstChunk));
            report.write();
        }
    }

    /** What no code of the engine survives. */
    private static final class Death extends Error {}

    private static void dieAtHalf(FreshDatabase database, long half) throws Exception {
        var listener = new BackfillListener() {
            private long scanned;
            private long before;

            @Override
            public void advanced(Progress progress) {
                scanned += progress.scanned() - before;
                before = progress.scanned() == progress.toScan() ? 0 : progress.scanned();
                if (scanned >= half) {
                    throw new Death();
                }
            }
        };
        try (Connection connection = database.connect()) {
            new Ours("", OPTIONS, listener).run(connection);
        } catch (Death dead) {
            return;
        }
        throw new IllegalStateException("it ended before it died");
    }

    private static void goOn(Connection connection, ProcessorTime time, Result rest, Result firstChunk)
            throws Exception {
        double processorBefore = time.seconds();
        long startedAt = System.nanoTime();
        var listener = new BackfillListener() {
            private boolean resumed;
            private boolean seen;

            @Override
            public void resumed(String backfill, liquibase.ext.backfill.engine.KeyRange left) {
                resumed = true;
            }

            @Override
            public void advanced(Progress progress) {
                if (!seen && resumed) {
                    firstChunk
                            .rounds()
                            .add(new Cost((System.nanoTime() - startedAt) / 1e9, time.seconds() - processorBefore, 0));
                }
                seen = true;
            }
        };
        rest.rounds().add(Cost.of(() -> new Ours("", OPTIONS, listener).run(connection), time));
    }
}
