package liquibase.ext.backfill.testing;

import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of one test's own that can be killed and started again on the same data and port. Unlike the one that tests
 * share it keeps what it has acknowledged. One at a time.
 */
public final class MortalServer implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final TestDatabase product;
    private final ServerProgram program;
    private final ForkedServer server;

    private MortalServer(TestDatabase product, ServerProgram program, ForkedServer server) {
        this.product = product;
        this.program = program;
        this.server = server;
    }

    public static MortalServer start(TestDatabase product) throws Exception {
        ServerProgram program =
                switch (product) {
                    case POSTGRESQL -> new PostgresqlProgram();
                    case MYSQL -> new MysqlProgram();
                    case MARIADB -> new MariadbProgram();
                    case SQLITE -> throw new IllegalArgumentException("SQLite has no server to kill");
                };
        var server = new MortalServer(
                product, program, ForkedServer.prepare(program, product.name().toLowerCase(Locale.ROOT) + "-mortal"));
        server.restart();
        return server;
    }

    /** Ends with the server; closing it is not needed, and not possible while the server is down. */
    public FreshDatabase freshDatabase() throws SQLException {
        var running = new SqlServer(server.address(), () -> {});
        String name = "mortal_" + DATABASES.incrementAndGet();
        running.create(name);
        return new FreshDatabase(product, name, running);
    }

    /** {@code kill -9}. */
    public void kill() throws Exception {
        server.end("KILL");
    }

    /** What PostgreSQL calls an immediate stop: its own emergency exit, without a checkpoint. */
    public void stopImmediately() throws Exception {
        server.end("QUIT");
    }

    /** Starts it again after its end, and waits until it has recovered. */
    public void restart() throws Exception {
        server.launch("", program.durability());
    }

    /** The same, but no file may grow beyond a size: to the server the disk is full. */
    public void restartWithFilesUpTo(int megabytes) throws Exception {
        server.launch("trap '' XFSZ; ulimit -f %d; ".formatted(megabytes * 2048), program.durability());
    }

    @Override
    public void close() {
        server.stop();
    }
}
