package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import liquibase.ext.backfill.testing.FreshDatabase;

/**
 * A service that goes on while a backfill runs: by turns it creates a run with its annotations and changes a run that is
 * there, at a fixed rate. The time of each counts from the moment when it was due, so that waiting behind a slow one
 * counts too.
 */
final class ServiceWriter implements Runnable {
    private static final long INTERVAL = 10_000_000;

    private final FreshDatabase database;
    private final Workload workload;
    private final List<String> keys;
    private final Random random = new Random(42);
    private final List<Double> inserts = new ArrayList<>();
    private final List<Double> updates = new ArrayList<>();
    private volatile boolean stopped;
    private int failures;

    /** @param keys of runs that are there */
    ServiceWriter(FreshDatabase database, Workload workload, List<String> keys) {
        this.database = database;
        this.workload = workload;
        this.keys = keys;
    }

    void stop() {
        stopped = true;
    }

    /** Milliseconds per new run; to be asked for after the end. */
    Samples inserts() {
        return new Samples(inserts);
    }

    /** Milliseconds per change. */
    Samples updates() {
        return new Samples(updates);
    }

    /** How often the database refused a transaction, which was then repeated. */
    int failures() {
        return failures;
    }

    @Override
    public void run() {
        try (Connection connection = database.connect()) {
            if (workload.product() == Product.SQLITE) {
                Workload.execute(connection, List.of("PRAGMA busy_timeout = 120000"));
            }
            connection.setTransactionIsolation(
                    workload.product() == Product.SQLITE
                            ? Connection.TRANSACTION_SERIALIZABLE
                            : Connection.TRANSACTION_READ_COMMITTED);
            long due = System.nanoTime();
            for (int i = 0; !stopped || updates.isEmpty(); i++) {
                awaitUntil(due);
                if (i % 2 == 0) {
                    String key = newKey();
                    repeated(connection, () -> insert(connection, key));
                    inserts.add((System.nanoTime() - due) / 1e6);
                } else {
                    String key = keys.get(random.nextInt(keys.size()));
                    repeated(connection, () -> update(connection, key));
                    updates.add((System.nanoTime() - due) / 1e6);
                }
                due += INTERVAL;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the writer failed", e);
        }
    }

    private static void awaitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            java.util.concurrent.locks.LockSupport.parkNanos(left);
        }
    }

    private String newKey() {
        return "%016x5a5a".formatted(random.nextLong());
    }

    private void repeated(Connection connection, Original.Work work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            connection.setAutoCommit(false);
            try {
                work.run();
                connection.commit();
                connection.setAutoCommit(true);
                return;
            } catch (SQLException e) {
                connection.rollback();
                connection.setAutoCommit(true);
                failures++;
                if (attempt == 20) {
                    throw e;
                }
            }
        }
    }

    private void insert(Connection connection, String key) throws SQLException {
        write(
                connection,
                "INSERT INTO execution_node (id, task_spec) VALUES (?, %s)"
                        .formatted(workload.product().json("?")),
                key,
                workload.taskSpecs().get(0));
        String moment = workload.product().moment("'" + Workload.MEANWHILE + "'");
        write(
                connection,
                "INSERT INTO pipeline_run (id, root_execution_id, created_by, created_at, updated_at) VALUES (?, ?, ?, %1$s, %1$s)"
                        .formatted(moment),
                key,
                key,
                "somebody");
        String annotation = "INSERT INTO pipeline_run_annotation VALUES (?, ?, ?)";
        write(connection, annotation, key, Original.CREATED_BY, "somebody");
        write(connection, annotation, key, Original.NAME, "Train model");
    }

    private void update(Connection connection, String key) throws SQLException {
        write(
                connection,
                "UPDATE pipeline_run SET parent_pipeline_id = ? WHERE id = ?",
                "p" + random.nextInt(1_000_000),
                key);
    }

    private static void write(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
