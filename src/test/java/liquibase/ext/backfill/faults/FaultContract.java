package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.CheckpointTable;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fresh database per test, and what every test of the suite ends with: a look at all annotations, and an entry in the report. */
@Tag("faults")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(Seeded.class)
abstract class FaultContract {
    final TestDatabase product;
    Random random;
    FreshDatabase database;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<FaultReport.Entry> found = new ArrayList<>();

    /** What a test has found counts when it has passed: one that failed may be run again, and would count twice. */
    @RegisterExtension
    final AfterTestExecutionCallback report = test -> {
        if (test.getExecutionException().isEmpty()) {
            found.forEach(FaultLog::enter);
        }
    };

    FaultContract(TestDatabase product) {
        this.product = product;
    }

    @BeforeEach
    void create(TestInfo test) throws Exception {
        random = Chance.of(
                getClass().getSimpleName() + test.getTestMethod().orElseThrow().getName());
        database = fresh();
    }

    FreshDatabase fresh() throws Exception {
        return product.freshDatabase();
    }

    @AfterEach
    void drop() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        if (database != null) {
            database.close();
        }
    }

    Runs runs(KeyOrder order, int count) throws SQLException {
        var runs = new Runs(database, order, random);
        open.add(runs);
        return runs.createTables().with(count);
    }

    Connection connect() throws SQLException {
        return connect(database);
    }

    static Connection connect(FreshDatabase database) throws SQLException {
        Connection connection = database.connect();
        if (database.product()
                == TestDatabase.SQLITE) { // of all these transactions none needs to survive a loss of power
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA synchronous = OFF");
            }
        }
        return connection;
    }

    /** Of every runner of the suite. */
    static final Duration LEASE = Duration.ofSeconds(1);

    static BackfillOptions.Builder chunksOf(int rows) {
        return BackfillOptions.builder().chunkRows(rows).lease(LEASE);
    }

    /** Runs the shipped backfills one after the other, as an update does. */
    static List<BackfillResult> backfill(
            Connection connection, BackfillOptions options, BackfillListener listener, Time time) throws SQLException {
        var engine = new BackfillEngine(connection, Schema.DEFAULT, CheckpointTable.DEFAULT, options, listener, time);
        List<BackfillResult> results = new ArrayList<>();
        for (BackfillDefinition definition : SystemAnnotations.all()) {
            results.add(engine.run(definition));
        }
        return results;
    }

    List<BackfillResult> backfill(BackfillOptions options) throws SQLException {
        try (Connection connection = connect()) {
            return backfill(connection, options, BackfillListener.NONE, Time.system());
        }
    }

    static long written(List<BackfillResult> results) {
        return results.stream().mapToLong(result -> result.counts().inserted()).sum();
    }

    static <T> Future<T> inBackground(Callable<T> work) {
        var task = new FutureTask<>(work);
        var thread = new Thread(task, "in the background");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    static <T> T await(Future<T> work) throws Exception {
        return work.get(3, TimeUnit.MINUTES);
    }

    /** For a listener. */
    static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What a fault must leave, once what the operator has to do is done. */
    void enter(String fault, long times, Balance balance, String operatorSees, Map<String, Long> numbers) {
        var entry = new FaultReport.Entry(fault, product, times, balance, operatorSees, numbers);
        if (balance.lost() == 0 && balance.doubled() == 0) {
            found.add(entry);
        } else {
            FaultLog.enter(entry); // to stay there, even if the test passes when it is run again
        }
        assertThat(balance.runs()).as("runs looked at").isPositive();
        assertThat(balance.lost()).as("lost").isZero();
        assertThat(balance.doubled()).as("doubled").isZero();
    }
}
