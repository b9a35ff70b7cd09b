package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Failure;
import liquibase.ext.backfill.pipelineruns.NewRun;
import liquibase.ext.backfill.pipelineruns.SystemAnnotationMirror;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that writes annotations through the mirror while a backfill runs over the same runs. */
abstract class MirrorRaceContract extends EngineContract {
    private static final int OLD_RUNS = 20;
    private static final int NEW_RUNS = 150;

    private final SystemAnnotationMirror mirror = new SystemAnnotationMirror();
    private PipelineTables tables;
    private Connection service;

    MirrorRaceContract(TestDatabase product) {
        super(product);
    }

    @BeforeEach
    void createRuns() throws SQLException {
        service = connect();
        tables = PipelineTables.on(product).create(service);
        for (int i = 0; i < OLD_RUNS; i++) {
            tables.add(service, Run.of("old-%02d".formatted(i), "by backfill", null, "{}"));
        }
    }

    /** What the mirror has written stands, whoever waits for whom. */
    @ParameterizedTest
    @EnumSource
    void a_backfill_that_meets_an_open_transaction_of_the_mirror_leaves_its_rows(Isolation isolation) throws Exception {
        service.setAutoCommit(false);
        mirror.write(service, new NewRun("old-07", "by mirror", "name"));
        var options = chunksOf(OLD_RUNS).isolation(isolation);
        if (product == TestDatabase.SQLITE) {
            options.timeouts(Duration.ofMillis(10), Duration.ofSeconds(60)).attempts(100);
        }
        var waiting = new CountDownLatch(1);
        BackfillEngine engine = engine(options.build(), new Waiting(waiting), Time.system());

        Future<BackfillResult> backfill = inBackground(() -> engine.run(SystemAnnotations.createdBy()));
        if (product == TestDatabase.SQLITE) {
            assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
        } else {
            LockView.awaitWaitingSession(database, backfill);
        }
        service.commit();

        assertThat(await(backfill).counts().inserted()).isEqualTo(OLD_RUNS - 1);
        assertThat(creators()).hasSize(OLD_RUNS).containsEntry("old-07", "by mirror");
    }

    private record Waiting(CountDownLatch latch) implements BackfillListener {
        @Override
        public void waiting(String backfill, String reason, Duration duration) {
            latch.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            })
    void the_mirror_that_meets_a_chunk_under_way_leaves_its_rows(int isolation) throws Exception {
        if (product != TestDatabase.SQLITE) { // which is serializable, and knows no other
            service.setTransactionIsolation(isolation);
        }
        var inserted = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Connection hooked = Hooked.connection(connect(), new Hooked.Hook() {
            @Override
            public void after(String sent) {
                if (sent.contains("pipeline_run_annotation") && sent.contains("INSERT") && inserted.getCount() > 0) {
                    inserted.countDown();
                    awaitLatch(goOn);
                }
            }
        });
        BackfillEngine engine = engine(hooked, chunksOf(OLD_RUNS).build(), BackfillListener.NONE, Time.system());
        Future<BackfillResult> backfill = inBackground(() -> engine.run(SystemAnnotations.createdBy()));
        awaitLatch(inserted);
        var client = new Client(service);

        Future<?> write = inBackground(
                () -> client.repeat(() -> mirror.write(service, new NewRun("old-07", "by mirror", "name"))));
        if (product != TestDatabase.SQLITE) {
            LockView.awaitWaitingSession(database, write);
        }
        goOn.countDown();
        await(write);
        await(backfill);

        assertThat(creators()).hasSize(OLD_RUNS).containsEntry("old-07", "by backfill");
        assertThat(tables.annotations(service)).contains(new Annotation("old-07", SystemAnnotations.NAME, "name"));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void runs_that_are_created_while_backfills_run_are_all_in_parity_afterwards() throws Exception {
        var client = new Client(service);
        Future<?> creating = inBackground(() -> {
            for (int i = 0; i < NEW_RUNS; i++) {
                String id = "new-%03d".formatted(i * 37 % NEW_RUNS);
                client.repeat(() -> create(id));
            }
            return null;
        });
        Connection connection = connect();
        List<BackfillResult> results = new ArrayList<>();
        while (!creating.isDone()) {
            runAll(connection, results);
        }
        await(creating);
        runAll(connection, results);

        Map<String, String> creators = creators();
        assertThat(creators).hasSize(OLD_RUNS + NEW_RUNS);
        assertThat(creators.entrySet()).allSatisfy(row -> assertThat(row.getValue())
                .isEqualTo(row.getKey().startsWith("new-") ? "by mirror" : "by backfill"));
        assertThat(tables.annotations(service)).hasSize(2 * (OLD_RUNS + NEW_RUNS));
        assertThat(results.stream()
                        .mapToLong(result -> result.counts().inserted())
                        .sum())
                .as("what the mirror wrote was not the backfills' to write")
                .isEqualTo(2 * OLD_RUNS);
    }

    private void runAll(Connection connection, List<BackfillResult> results) throws SQLException {
        for (var definition : SystemAnnotations.all()) {
            results.add(engine(connection, chunksOf(7).build(), BackfillListener.NONE, Time.system())
                    .run(definition));
        }
    }

    /** As a service does: the run and its annotations in one transaction. */
    private void create(String id) throws SQLException {
        try (var node = service.prepareStatement("INSERT INTO execution_node (id, task_spec) VALUES (?, '{}')");
                var run = service.prepareStatement(
                        "INSERT INTO pipeline_run (id, root_execution_id, created_by) VALUES (?, ?, 'by mirror')")) {
            node.setString(1, id);
            node.executeUpdate();
            run.setString(1, id);
            run.setString(2, id);
            run.executeUpdate();
        }
        mirror.write(service, new NewRun(id, "by mirror", ""));
    }

    private Map<String, String> creators() throws SQLException {
        return tables.annotations(service).stream()
                .filter(annotation -> annotation.key().equals(SystemAnnotations.CREATED_BY))
                .collect(Collectors.toMap(Annotation::runId, Annotation::value));
    }

    private interface Work {
        void done() throws SQLException;
    }

    /** A service that repeats a transaction when its database says that it may. */
    private record Client(Connection connection) {
        Object repeat(Work work) throws SQLException {
            while (!isDone(work)) {
                Thread.onSpinWait();
            }
            return null;
        }

        private boolean isDone(Work work) throws SQLException {
            try {
                connection.setAutoCommit(false);
                work.done();
                connection.commit();
                return true;
            } catch (SQLException e) {
                connection.rollback();
                if (!mayBeRepeated(e)) {
                    throw e;
                }
                return false;
            } finally {
                connection.setAutoCommit(true);
            }
        }

        private boolean mayBeRepeated(SQLException e) throws SQLException {
            Dialect dialect = Dialects.of(connection);
            SQLException error = e.getNextException() == null ? e : e.getNextException();
            Failure failure = dialect.classify(error);
            return failure == Failure.CONFLICT || failure == Failure.LOCK_TIMEOUT;
        }
    }
}
