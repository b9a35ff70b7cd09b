package liquibase.ext.backfill.startup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import liquibase.ext.backfill.pipelineruns.NewRun;
import liquibase.ext.backfill.pipelineruns.SystemAnnotationMirror;
import liquibase.ext.backfill.testing.FreshDatabase;

/** A client of the service: creates runs with their annotations, one per transaction, until it is told to stop. */
final class CreatingClient implements Callable<CreatingClient.Calls> {
    private static final int THINK_MILLIS = 20;
    private static final int ATTEMPTS = 10;

    private final FreshDatabase database;
    private volatile boolean stopped;

    CreatingClient(FreshDatabase database) {
        this.database = database;
    }

    /**
     * What became of its calls.
     *
     * @param succeeded calls that succeeded, at once or after a repetition
     * @param repeated attempts that met a conflict and were repeated
     * @param failed the messages of those that failed for good
     */
    record Calls(int succeeded, int repeated, List<String> failed) {}

    void stop() {
        stopped = true;
    }

    @Override
    public Calls call() throws SQLException, InterruptedException {
        var mirror = new SystemAnnotationMirror();
        int succeeded = 0;
        int repeated = 0;
        List<String> failed = new ArrayList<>();
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; !stopped; i++) {
                Thread.sleep(
                        THINK_MILLIS); // without it the backfills would have more to do with new runs than with old
                // ones
                String id = "n%07d".formatted(i);
                int attempt = 1;
                for (; ; attempt++) {
                    try {
                        create(connection, mirror, id);
                        succeeded++;
                        break;
                    } catch (SQLException e) {
                        connection.rollback();
                        if (!isConflict(e) || attempt == ATTEMPTS) {
                            failed.add(id + ": " + e);
                            break;
                        }
                    }
                }
                repeated += attempt - 1;
            }
        }
        return new Calls(succeeded, repeated, failed);
    }

    private static void create(Connection connection, SystemAnnotationMirror mirror, String id) throws SQLException {
        try (PreparedStatement execution =
                        connection.prepareStatement("INSERT INTO execution_node (id, task_spec) VALUES (?, '{}')");
                PreparedStatement run = connection.prepareStatement(
                        "INSERT INTO pipeline_run (id, root_execution_id, created_by) VALUES (?, ?, 'client')")) {
            execution.setString(1, id);
            execution.executeUpdate();
            run.setString(1, id);
            run.setString(2, id);
            run.executeUpdate();
        }
        mirror.write(connection, new NewRun(id, "client", "new run", Map.of("team", "search")));
        connection.commit();
    }

    /** What any client of these databases has to repeat: a serialization failure, a deadlock, a lock wait timeout. */
    private static boolean isConflict(SQLException e) {
        return "40001".equals(e.getSQLState())
                || "40P01".equals(e.getSQLState())
                || e.getErrorCode() == 1213
                || e.getErrorCode() == 1205;
    }
}
