package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.fail;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Future;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;

/** Watches who waits for whom, so that an interleaving is a fact and not a chance. SQLite has nothing to watch. */
public final class LockView {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** MariaDB refreshes its view only when nobody has looked at it for 100 ms. */
    private static final long POLL_MILLIS = 110;

    private LockView() {}

    /** Returns once a session of this database waits for a lock; or once the work is over, which then never waited. */
    public static void awaitWaitingSession(FreshDatabase database, Future<?> work)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            while (!work.isDone()) {
                try (ResultSet row = statement.executeQuery(waiting(database.product()))) {
                    row.next();
                    if (row.getInt(1) > 0) {
                        return;
                    }
                }
                if (System.nanoTime() > deadline) {
                    fail("no session of %s waited for a lock within %s", database, PATIENCE);
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    private static String waiting(TestDatabase product) {
        return switch (product) {
            case POSTGRESQL -> """
                    SELECT COUNT(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'""";
            case MYSQL -> """
                    SELECT COUNT(*) FROM performance_schema.data_lock_waits w
                    JOIN performance_schema.data_locks l ON l.engine_lock_id = w.requesting_engine_lock_id
                    WHERE l.object_schema = DATABASE()""";
            case MARIADB -> """
                    SELECT COUNT(*) FROM information_schema.innodb_trx t
                    JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
                    WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()""";
            case SQLITE -> throw new IllegalArgumentException("SQLite has no view of locks");
        };
    }
}
