package liquibase.ext.backfill.testing;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.opentest4j.TestAbortedException;

/**
 * The real databases that tests run on. A server is started by the first test that asks for it, at most once per JVM,
 * and stops with the JVM.
 *
 * <p>{@code -Dbackfill.test.<postgresql|mysql|mariadb>.url=jdbc:mysql://127.0.0.1:3306/?user=root} takes a running server
 * in its place; its user must be allowed to create databases.
 *
 * <p>A test whose server this machine lacks is skipped and says what to install. With {@code CI=true} in the environment it
 * fails, so that no build can pass by skipping.
 */
public enum TestDatabase {
    SQLITE {
        @Override
        Server start() throws Exception {
            return new SqliteFiles(ServerFolder.make("sqlite"));
        }
    },
    POSTGRESQL {
        @Override
        Server start() throws Exception {
            return ForkedServer.start(new PostgresqlProgram());
        }
    },
    MYSQL {
        @Override
        Server start() throws Exception {
            return ForkedServer.start(new MysqlProgram());
        }
    },
    MARIADB {
        @Override
        Server start() throws Exception {
            return ForkedServer.start(new MariadbProgram());
        }
    };

    private static final boolean ON_CI = "true".equals(System.getenv("CI"));

    private final AtomicInteger databases = new AtomicInteger();
    private Server server;
    private Exception failure;

    /**
     * A new database without any table, which no other test sees. Closing it drops it, together with what is still
     * connected to it.
     */
    public FreshDatabase freshDatabase() throws SQLException {
        Server running = server();
        // The process id keeps two test JVMs apart that share one external server.
        String name = "backfill_" + ProcessHandle.current().pid() + "_" + databases.incrementAndGet();
        running.create(name);
        return new FreshDatabase(this, name, running);
    }

    abstract Server start() throws Exception;

    private synchronized Server server() {
        if (server == null && failure == null) {
            try {
                long begin = System.nanoTime();
                server = startOrConnect();
                Runtime.getRuntime().addShutdownHook(new Thread(server::stop, name() + " stop"));
                report((System.nanoTime() - begin) / 1e9);
            } catch (Exception e) {
                failure = e; // Kept, because a second attempt would cost every test the time of a start.
                System.out.println("Test database " + name() + ": none. " + e.getMessage());
            }
        }
        if (failure instanceof MissingServerException && !ON_CI) {
            throw new TestAbortedException(failure.getMessage());
        }
        if (failure != null) {
            throw new IllegalStateException("No " + this + " to test on: " + failure.getMessage(), failure);
        }
        return server;
    }

    private Server startOrConnect() throws Exception {
        String url = System.getProperty("backfill.test." + name().toLowerCase(Locale.ROOT) + ".url");
        return url == null ? start() : new SqlServer(ServerAddress.parse(url), () -> {});
    }

    /** One line per server: the test reports then prove which products and versions a build ran on; .ci/run reads it. */
    private void report(double seconds) throws SQLException {
        try (FreshDatabase database = freshDatabase();
                Connection connection = database.connect()) {
            DatabaseMetaData data = connection.getMetaData();
            System.out.printf(
                    Locale.ROOT,
                    "Test database %s: %s %s, ready in %.1f s, %s%n",
                    name(),
                    data.getDatabaseProductName(),
                    data.getDatabaseProductVersion(),
                    seconds,
                    database.url());
        }
    }
}
