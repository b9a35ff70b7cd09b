package liquibase.ext.backfill.updates;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that a user would start, with what it says on both of its outputs. */
public record Fork(int exitCode, String output) {
    private static final int MINUTES = 10;

    /**
     * Runs a program to its end.
     *
     * @param environment what it gets besides this JVM's, which must not set anything of Liquibase
     */
    public static Fork run(List<String> command, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("fork", ".log");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LIQUIBASE_"));
        builder.environment().put("LIQUIBASE_ANALYTICS_ENABLED", "false");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException(
                        "no end after %d minutes: %s%n%s".formatted(MINUTES, command, read(output)));
            }
            return new Fork(process.exitValue(), read(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    public boolean succeeded() {
        return exitCode == 0;
    }
}
