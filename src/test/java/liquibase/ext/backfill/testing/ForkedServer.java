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

/** Runs a server as a child of this JVM, on a copy of a data folder that was initialised once. */
final class ForkedServer {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** When the JVM dies, however it dies, its end of the pipe closes and the server gets the signal. */
    private static final String DIE_WITH_THE_JVM = """
            signal=$1; shift; exec 3<&0
            (cat <&3 >/dev/null; kill -"$signal" $$ 2>/dev/null) &
            exec "$@" 3<&- </dev/null""";

    private ForkedServer() {}

    static Server start(ServerProgram program) throws Exception {
        MissingServerException.requireLinux(program.product());
        String name = program.product().name().toLowerCase(Locale.ROOT);
        Path base = ServerFolder.makeOnce(name, program::unpack);
        program.checkMachine(base);
        Path log = ServerFolder.make("logs").resolve(name + ".log");
        Path template = ServerFolder.makeOnce(
                name + "-template", folder -> initialise(program.initialisation(base, folder), log));

        Path data = ServerFolder.makeForThisJvm(name);
        ServerFolder.copy(template, data);
        int port = freePort();
        ServerAddress address = program.address(port);
        Process process = new ProcessBuilder(guarded(program.stopSignal(), program.command(base, data, port)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runnable stopper = () -> stop(process, data);
        try {
            awaitAnswer(process, address, log);
        } catch (Exception e) {
            stopper.run();
            throw e;
        }
        return new SqlServer(address, stopper);
    }

    private static void initialise(List<String> command, Path log) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(
                    "Could not initialise the data folder by " + command + ". Its log:\n" + Files.readString(log));
        }
    }

    private static List<String> guarded(String signal, List<String> command) {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", DIE_WITH_THE_JVM, "sh", signal));
        guarded.addAll(command);
        return guarded;
    }

    private static void awaitAnswer(Process process, ServerAddress address, Path log) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        SQLException refusal;
        do {
            try (Connection connection =
                    DriverManager.getConnection(address.administrationUrl(), address.user(), address.password())) {
                connection.isValid(1);
                return;
            } catch (SQLException e) {
                refusal = e;
            }
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "The server ended with " + process.exitValue() + ". Its log:\n" + Files.readString(log));
            }
        } while (System.nanoTime() < deadline);
        throw new IOException(
                address.administrationUrl() + " did not answer within " + PATIENCE.toSeconds() + " s. Its log:\n"
                        + Files.readString(log),
                refusal);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void stop(Process process, Path data) {
        try {
            process.getOutputStream().close(); // The guard sends the signal, as it would at the death of the JVM.
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            ServerFolder.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the data of a stopped server in " + data, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
