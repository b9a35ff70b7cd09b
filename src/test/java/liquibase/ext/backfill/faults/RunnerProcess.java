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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import liquibase.command.CommandScope;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.Hooked;
import liquibase.ext.backfill.engine.Isolation;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.JavaCommand;

/** The shipped backfills in a JVM of their own, which can be killed and put to sleep. */
final class RunnerProcess implements AutoCloseable {
    private static final String CHANGELOG = "liquibase-backfill/backfills/db.changelog-backfills.yaml";

    private static final String READY = "ready";
    private static final String WAITS = "waits";
    private static final String TIRED = "going to sleep";
    private static final Pattern REPEATED = Pattern.compile("(?m), (\\d+) repeated");

    private final Process process;
    /** Where it says what it does. */
    private final Path output;

    private RunnerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * How a backfill is done.
     *
     * @param rows per chunk
     * @param pauseMillis between two chunks
     * @param chunksBeforeSleep 0: it does not sleep
     */
    record Work(int rows, int pauseMillis, int chunksBeforeSleep, Bed bed, Isolation isolation) {
        static Work awake(int rows, int pauseMillis, Isolation isolation) {
            return new Work(rows, pauseMillis, 0, Bed.BETWEEN_CHUNKS, isolation);
        }
    }

    /**
     * Does what it is told.
     *
     * @param arguments what to do, url, user, password, and what {@link Work} says
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
        var sleeper = new Sleeper(Integer.parseInt(arguments[6]), Bed.valueOf(arguments[7]));
        var options = FaultContract.chunksOf(Integer.parseInt(arguments[4]))
                .pause(Duration.ofMillis(Long.parseLong(arguments[5])))
                .isolation(Isolation.valueOf(arguments[8]))
                .attempts(100)
                .build();
        try (Connection connection = DriverManager.getConnection(arguments[1], arguments[2], arguments[3])) {
            for (BackfillResult result :
                    FaultContract.backfill(Hooked.connection(connection, sleeper), options, sleeper, Time.system())) {
                System.out.printf(
                        "%s %s %d, %d repeated %s%n",
                        result.name(),
                        result.outcome(),
                        result.counts().inserted(),
                        result.counts().retries(),
                        result.stopReason().orElse(""));
            }
        }
    }

    /** Where a runner waits until it is put to sleep and woken up again. */
    enum Bed {
        BETWEEN_CHUNKS,
        INSIDE_A_CHUNK
    }

    /** Waits after so many chunks, or before the commit of the last of them. */
    private static final class Sleeper implements BackfillListener, Hooked.Hook {
        private final Bed bed;
        private int chunksLeft;

        Sleeper(int chunks, Bed bed) {
            this.chunksLeft = chunks;
            this.bed = bed;
        }

        @Override
        public void waiting(String backfill, String reason, Duration duration) {
            if (reason.contains("is at work at it")) {
                System.out.println(WAITS + " at " + backfill + ": " + reason);
            }
        }

        @Override
        public void advanced(Progress progress) {
            if (bed == Bed.BETWEEN_CHUNKS) {
                chunk();
            }
        }

        @Override
        public void before(String sent) {
            if (bed == Bed.INSIDE_A_CHUNK && sent.equals("commit")) {
                chunk();
            }
        }

        private void chunk() {
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

    /** Does nothing until it is told to {@link #begin()}. */
    static RunnerProcess backfill(FreshDatabase database, Work work) throws IOException {
        return start(
                List.of(),
                "backfill",
                database.url(),
                database.user(),
                database.password(),
                Integer.toString(work.rows()),
                Integer.toString(work.pauseMillis()),
                Integer.toString(work.chunksBeforeSleep()),
                work.bed().name(),
                work.isolation().name());
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

    /** Why it had to wait for another that was at work at a backfill; empty if it had not. */
    Optional<String> waitedAt(String backfill) throws IOException {
        String waits = WAITS + " at " + backfill + ": ";
        return said().lines()
                .filter(line -> line.startsWith(waits))
                .map(line -> line.substring(waits.length()))
                .findFirst();
    }

    /** How often it repeated a chunk. */
    long repeated() throws IOException {
        return REPEATED.matcher(said())
                .results()
                .mapToLong(times -> Long.parseLong(times.group(1)))
                .sum();
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
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
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
