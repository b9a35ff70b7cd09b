package liquibase.ext.backfill.updates;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;

/** Real connections of which the one that was taken last can be lost, and of which there may be none for a while. */
final class BrittleDataSource {
    static final String REFUSAL = "too many clients";

    private final FreshDatabase database;
    private final DataSource real;
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile Connection last;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean silent;
    private volatile boolean forgetful;
    private volatile boolean closingFails;

    BrittleDataSource(FreshDatabase database) {
        this(database, database.dataSource());
    }

    BrittleDataSource(FreshDatabase database, DataSource real) {
        this.database = database;
        this.real = real;
    }

    /** As a service sees it. */
    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getConnection") ? connect() : method.invoke(real, arguments));
    }

    /** The next ones who want a connection in the background get none. */
    void refuseInBackground(int times) {
        refusals.set(times);
    }

    /** Who wants a connection in the background waits for one until interrupted, as with a pool that has none left. */
    void beSilentInBackground() {
        silent = true;
    }

    /** The same, as with a pool that keeps the interruption to itself. */
    void beSilentAndForgetfulInBackground() {
        forgetful = true;
        silent = true;
    }

    void awaitSomebodyInBackground() throws InterruptedException {
        asked.await();
    }

    void letClosingFail() {
        closingFails = true;
    }

    /** As when an operator ends the session, or the server closes a file. */
    void loseLast() {
        try {
            if (database.product() == TestDatabase.SQLITE) {
                last.unwrap(org.sqlite.SQLiteConnection.class).close();
                return;
            }
            String id = database.product() == TestDatabase.POSTGRESQL ? "pg_backend_pid()" : "CONNECTION_ID()";
            String end = database.product() == TestDatabase.POSTGRESQL ? "SELECT pg_terminate_backend(%d)" : "KILL %d";
            try (Statement asking = last.createStatement();
                    ResultSet session = asking.executeQuery("SELECT " + id);
                    Connection operator = database.connect();
                    Statement ending = operator.createStatement()) {
                session.next();
                ending.execute(end.formatted(session.getLong(1)));
            }
        } catch (SQLException e) {
            throw new AssertionError(e); // no RuntimeException: it would be taken for a listener's failure
        }
    }

    private Connection connect() throws SQLException {
        if (Thread.currentThread().getName().equals("liquibase-backfill")) {
            asked.countDown();
            if (silent) {
                awaitInterruption();
            }
            if (refusals.getAndDecrement() > 0) {
                throw new SQLException(REFUSAL);
            }
        }
        Connection connection = real.getConnection();
        last = connection;
        return closingFails ? failingToClose(connection) : connection;
    }

    private void awaitInterruption() throws SQLException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            if (!forgetful) {
                Thread.currentThread().interrupt();
            }
            throw new SQLException("interrupted while it waited for a connection", e);
        }
    }

    private static Connection failingToClose(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                BrittleDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(real, arguments);
                        if (method.getName().equals("close")) {
                            throw new SQLException("the pool is gone");
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
