package liquibase.ext.backfill.commands;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.updates.LiquibaseHome;

/** Liquibase's command line in a process of its own: exit codes, streams and signals as an operator meets them. */
final class ForkedCommandLine {
    private static final int MINUTES = 2;

    private final Process process;
    private final Path output;
    private final BufferedReader errors;
    private final List<String> said = new ArrayList<>();

    private ForkedCommandLine(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.errors = process.errorReader(StandardCharsets.UTF_8);
    }

    /**
     * How it ended.
     *
     * @param code the exit code
     * @param output what went to standard output
     * @param said what went to standard error
     */
    record Ended(int code, String output, String said) {}

    /** @param optionsAndCommand global options first, then the command, then its own */
    static ForkedCommandLine start(LiquibaseHome home, FreshDatabase database, String... optionsAndCommand)
            throws IOException {
        Path output = Files.createTempFile(home.folder(), "output", ".txt");
        var builder = new ProcessBuilder(home.command(database, Outcome.BACKFILLS, optionsAndCommand))
                .directory(home.folder().toFile())
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LIQUIBASE_"));
        builder.environment().put("LIQUIBASE_ANALYTICS_ENABLED", "false");
        builder.environment().put("LIQUIBASE_HOME", home.folder().toString());
        Process process = builder.start();
        // What does not end by itself ends here: reading its output would wait for ever.
        CompletableFuture.delayedExecutor(MINUTES, TimeUnit.MINUTES).execute(process::destroyForcibly);
        return new ForkedCommandLine(process, output);
    }

    /** Reads on until something is said. */
    void awaitSaying(String text) throws IOException {
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            said.add(line);
            if (line.contains(text)) {
                return;
            }
        }
        throw new AssertionError(
                "it ended without saying \"%s\" but said:\n%s".formatted(text, String.join("\n", said)));
    }

    /** SIGTERM. By the handle, because the process itself would close the streams at once. */
    void terminate() {
        process.toHandle().destroy();
    }

    Ended await() throws IOException, InterruptedException {
        errors.lines().forEach(said::add);
        return new Ended(process.waitFor(), Files.readString(output), String.join("\n", said));
    }
}
