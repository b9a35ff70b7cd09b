package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * A fresh database per test, its things, and connections that are closed at its end. A driver that waits for a lock heeds no
 * interruption, hence the thread of its own.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class EngineContract {
    protected final TestDatabase product;
    protected FreshDatabase database;
    private final List<AutoCloseable> open = new ArrayList<>();

    EngineContract(TestDatabase product) {
        this.product = product;
    }

    @BeforeEach
    void create() throws SQLException {
        database = product.freshDatabase();
    }

    @AfterEach
    void closeAll() throws Exception {
        Thread.interrupted(); // a test that interrupts itself must not disturb what follows
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        if (database != null) {
            database.close();
        }
    }

    Things things(Keys keys, int count) throws SQLException {
        var things = new Things(database, keys);
        open.add(things);
        return things.with(count);
    }

    Connection connect() throws SQLException {
        Connection connection = database.connect();
        // A connection that a hanging test waits on cannot be closed; SQLite's driver cannot abort one.
        open.add(product == TestDatabase.SQLITE ? connection : () -> connection.abort(Runnable::run));
        return connection;
    }

    static BackfillOptions.Builder chunksOf(int rows) {
        return BackfillOptions.builder().chunkRows(rows);
    }

    BackfillEngine engine(BackfillOptions options, BackfillListener listener, Time time) throws SQLException {
        return engine(connect(), options, listener, time);
    }

    BackfillEngine engine(BackfillOptions options) throws SQLException {
        return engine(options, BackfillListener.NONE, new FakeTime());
    }

    static BackfillEngine engine(Connection connection, BackfillOptions options, BackfillListener listener, Time time)
            throws SQLException {
        return new BackfillEngine(connection, Schema.DEFAULT, CheckpointTable.DEFAULT, options, listener, time);
    }

    <T> Future<T> inBackground(Callable<T> work) {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            return executor.submit(work);
        } finally {
            executor.shutdown();
        }
    }

    static <T> T await(Future<T> work) throws Exception {
        return work.get(30, TimeUnit.SECONDS);
    }
}
