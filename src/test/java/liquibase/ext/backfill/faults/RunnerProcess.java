package liquibase.ext.backfill.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import liquibase.command.CommandScope;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.JavaCommand;

/** The shipped backfills in a JVM of their own, which can be killed and put to sleep. */
final class RunnerProcess implements AutoCloseable {
    private static final String CHANGELOG = "liquibase-backfill/backfills/db.changelog-backfills.yaml";

    private static final String READY = "ready";
    private static final String WAITS = "waits";
    private static final String TIRED = "going to sleep";

    private final Process process;
    /** Where it says what it does. */
    private final Path output;

    private RunnerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Does what it is told.
     *
     * @param arguments what to do, url, user, password, rows per chunk, pause in milliseconds, chunks before it sleeps
     */
    public static void main(String... arguments) throws Exception {
        if (arguments[0].equals("update")) {
            new CommandScope("update")
                    .addArgumentValue("changelogFile", CHANGELOG)
                    .addArgumentValue("url", arguments[1])
                    .addArgumentValue("username", arguments[2])
                    .addArgumentValue("password", arguments[3])
                    .execute();
            return;
        }
        System.out.println(READY);
        System.in.read();
        var sleeper = new Sleeper(Integer.parseInt(arguments[6]));
        var options = FaultContract.chunksOf(Integer.parseInt(arguments[4]))
                .pause(Duration.ofMillis(Long.parseLong(arguments[5])))
                .attempts(100)
                .build();
        try (Connection connection = DriverManager.getConnection(arguments[1], arguments[2], arguments[3])) {
            for (BackfillResult result : FaultContract.backfill(connection, options, sleeper, Time.system())) {
                System.out.printf(
                        "%s %s %d %s%n",
                        result.name(),
                        result.outcome(),
                        result.counts().inserted(),
                        result.stopReason().orElse(""));
            }
        }
    }

    /** Waits between two chunks until it is put to sleep there and woken up again. */
    private static final class Sleeper implements BackfillListener {
        private int chunksLeft;

        Sleeper(int chunks) {
            this.chunksLeft = chunks;
        }

        @Override
        public void waiting(String backfill, String reason, Duration duration) {
            if (reason.contains("is at work at it")) {
                System.out.println(WAITS + " at " + backfill);
            }
        }

        @Override
        public void advanced(Progress progress) {
            if (--chunksLeft == 0) {
                System.out.println(TIRED);
                try {
                    System.in.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /**
     * Does nothing until it is told to {@link #begin()}.
     *
     * @param chunksBeforeSleep 0: it does not sleep
     */
    static RunnerProcess backfill(FreshDatabase database, int rows, int pauseMillis, int chunksBeforeSleep)
            throws IOException {
        return start(
                List.of(),
                "backfill",
                database.url(),
                database.user(),
                database.password(),
                Integer.toString(rows),
                Integer.toString(pauseMillis),
                Integer.toString(chunksBeforeSleep));
    }

    /** {@code liquibase update}, which takes the changelog lock. */
    static RunnerProcess update(FreshDatabase database, int rows, int pauseMillis) throws IOException {
        return start(
                List.of(
                        "-Dliquibase.backfill.chunkSize=" + rows,
                        "-Dliquibase.backfill.pause=%dms".formatted(pauseMillis),
                        "-Dliquibase.backfill.lease=1s"),
                "update",
                database.url(),
                database.user(),
                database.password());
    }

    private static RunnerProcess start(List<String> jvmArguments, String... arguments) throws IOException {
        Path output = Files.createTempFile("runner", ".log");
        Process process = new ProcessBuilder(JavaCommand.of(RunnerProcess.class, jvmArguments, arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new RunnerProcess(process, output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    long pid() {
        return process.pid();
    }

    boolean isReady() throws IOException {
        return said().contains(READY);
    }

    void begin() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Whether it found another at work at a backfill. */
    boolean hasWaitedAt(String backfill) throws IOException {
        return said().contains(WAITS + " at " + backfill + System.lineSeparator());
    }

    boolean isTired() throws IOException {
        return said().contains(TIRED);
    }

    /** As a virtual machine that is moved, or a laptop that is closed. */
    void sleep() throws Exception {
        signal("STOP");
    }

    void wake() throws Exception {
        signal("CONT");
        begin();
    }

    private void signal(String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Waits for its end; @return what it said */
    String awaitEnd() throws Exception {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError("no end: " + said());
        }
        return said();
    }

    String said() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() throws Exception {
        kill();
        Files.delete(output);
    }
}
