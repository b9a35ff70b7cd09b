package liquibase.ext.backfill.engine;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.JavaCommand;

/** A backfill in a JVM of its own, which can be killed. */
final class BackfillProcess {
    private BackfillProcess() {}

    /**
     * Backfills, and exits when it is done.
     *
     * @param arguments url, user, password, rows per chunk (0: adaptive), pause in milliseconds
     */
    public static void main(String... arguments) throws SQLException {
        BackfillOptions.Builder options = BackfillOptions.builder()
                .pause(Duration.ofMillis(Long.parseLong(arguments[4])))
                .lease(Duration.ofSeconds(1));
        int rows = Integer.parseInt(arguments[3]);
        if (rows > 0) {
            options.chunkRows(rows);
        }
        try (Connection connection = DriverManager.getConnection(arguments[0], arguments[1], arguments[2])) {
            BackfillResult result = new BackfillEngine(
                            connection,
                            Schema.DEFAULT,
                            CheckpointTable.DEFAULT,
                            options.build(),
                            BackfillListener.NONE,
                            Time.system())
                    .run(Things.TOTAL);
            System.out.println(result);
        }
    }

    static Process start(FreshDatabase database, int rows, Duration pause, String... jvmArguments) throws IOException {
        return new ProcessBuilder(JavaCommand.of(
                        BackfillProcess.class,
                        List.of(jvmArguments),
                        database.url(),
                        database.user(),
                        database.password(),
                        Integer.toString(rows),
                        Long.toString(pause.toMillis())))
                .redirectErrorStream(true)
                .start();
    }
}
