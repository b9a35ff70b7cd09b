package liquibase.ext.backfill.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs MySQL or MariaDB as a child of this JVM, on a copy of a data folder that was initialised once. */
final class ForkedServer {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** When the JVM dies, however it dies, its end of the pipe closes and the server is killed. */
    private static final String DIE_WITH_THE_JVM =
            "exec 3<&0; (cat <&3 >/dev/null; kill -KILL $$ 2>/dev/null) & exec \"$@\" 3<&- </dev/null";

    private ForkedServer() {}

    static Server start(ServerProgram program) throws Exception {
        MissingServerException.requireLinux(program.product());
        String name = program.product().name().toLowerCase(Locale.ROOT);
        Path base = ServerFolder.makeOnce(name, program::unpack);
        program.checkMachine(base);
        Path log = ServerFolder.make("logs").resolve(name + ".log");
        Path template = ServerFolder.makeOnce(
                name + "-template", folder -> initialise(program.initialisation(base, folder), log));

        Path data = ServerFolder.make("data").resolve(name + "-" + ProcessHandle.current().pid());
        ServerFolder.delete(data);
        ServerFolder.copy(template, data);
        int port = freePort();
        Process process = run(program.command(base, data, port), log);
        String prefix = "jdbc:" + name + "://127.0.0.1:" + port + "/";
        ServerAddress address = new ServerAddress(prefix, program.urlOptions(), "root", "");
        try {
            awaitAnswer(process, address, log);
        } catch (Exception e) {
            stop(process, data);
            throw e;
        }
        return new SqlServer(address, () -> stop(process, data));
    }

    private static void initialise(List<String> command, Path log) throws Exception {
        Process process = run(command, log);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("Could not initialise the data folder by " + command + ". Its log:\n" + Files.readString(log));
        }
    }

    private static Process run(List<String> command, Path log) throws IOException {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", DIE_WITH_THE_JVM, "sh"));
        guarded.addAll(command);
        return new ProcessBuilder(guarded)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void awaitAnswer(Process process, ServerAddress address, Path log) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        SQLException refusal;
        do {
            try (Connection connection = DriverManager.getConnection(address.url("mysql"), address.user(), address.password())) {
                connection.isValid(1);
                return;
            } catch (SQLException e) {
                refusal = e;
            }
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IOException("The server ended with " + process.exitValue() + ". Its log:\n" + Files.readString(log));
            }
        } while (System.nanoTime() < deadline);
        throw new IOException(
                address.url("mysql") + " did not answer within " + PATIENCE.toSeconds() + " s. Its log:\n" + Files.readString(log),
                refusal);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** By force, because the data goes with it. */
    private static void stop(Process process, Path data) {
        try {
            process.destroyForcibly().waitFor();
            ServerFolder.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + data, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
