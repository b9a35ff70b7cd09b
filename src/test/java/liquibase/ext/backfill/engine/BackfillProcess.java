package liquibase.ext.backfill.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.FreshDatabase;

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
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmArguments));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath(), BackfillProcess.class.getName()));
        command.addAll(List.of(
                database.url(),
                database.user(),
                database.password(),
                Integer.toString(rows),
                Long.toString(pause.toMillis())));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Surefire and Failsafe may start this JVM with a jar that only refers to the class path. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .replace('\n', File.pathSeparatorChar);
    }
}
