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

/** A server that runs as a child of this JVM, on a copy of a data folder that was initialised once. */
final class ForkedServer {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** When the JVM dies, however it dies, its end of the pipe closes and the server gets the signal. */
    private static final String DIE_WITH_THE_JVM = """
            signal=$1; shift; exec 3<&0
            (cat <&3 >/dev/null; kill -"$signal" $$ 2>/dev/null) &
            exec "$@" 3<&- </dev/null""";

    private final ServerProgram program;
    private final Path base;
    private final Path data;
    private final Path temporary;
    private final Path log;
    private int port;
    private Process process;

    private ForkedServer(ServerProgram program, Path base, Path data, Path temporary, Path log) throws IOException {
        this.program = program;
        this.base = base;
        this.data = data;
        this.temporary = temporary;
        this.log = log;
        this.port = freePort();
    }

    static Server start(ServerProgram program) throws Exception {
        var server = prepare(program, program.product().name().toLowerCase(Locale.ROOT));
        server.launch("", List.of());
        return new SqlServer(server.address(), server::stop);
    }

    /** @param folder of its data; one at a time per JVM */
    static ForkedServer prepare(ServerProgram program, String folder) throws Exception {
        MissingServerException.requireLinux(program.product());
        String name = program.product().name().toLowerCase(Locale.ROOT);
        Path base = ServerFolder.makeOnce(name, program::unpack);
        program.checkMachine(base);
        Path log = ServerFolder.make("logs").resolve(folder + ".log");
        Path temporary = ServerFolder.makeForThisJvm(folder + "-temporary");
        Path template = ServerFolder.makeOnce(
                name + "-template", filled -> initialise(program.initialisation(base, filled), temporary, log));

        Path data = ServerFolder.makeForThisJvm(folder);
        ServerFolder.copy(template, data);
        return new ForkedServer(program, base, data, temporary, log);
    }

    ServerAddress address() {
        return program.address(port);
    }

    /**
     * Starts it on what its data folder holds, and waits until it answers. One that ends before it has ever answered gets
     * another port and a second try.
     *
     * @param limits shell commands that come first, each with a semicolon behind it
     * @param settings added to its command
     */
    void launch(String limits, List<String> settings) throws Exception {
        boolean first = process == null;
        List<String> command = new ArrayList<>(program.command(base, data, port));
        command.addAll(settings);
        process = builder(guarded(limits, program.stopSignal(), command), temporary)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            awaitAnswer(process, address(), log);
        } catch (Exception e) {
            if (!first || process.isAlive()) {
                stop();
                throw e;
            }
            launchElsewhere(limits, settings, e);
        }
    }

    /** Its port may have been taken since it was found free. */
    private void launchElsewhere(String limits, List<String> settings, Exception earlier) throws Exception {
        process.getOutputStream().close(); // or else its guard would send the signal to whoever has its number then
        port = freePort();
        try {
            launch(limits, settings);
        } catch (Exception e) {
            e.addSuppressed(earlier);
            throw e;
        }
    }

    /**
     * Sends the server a signal that ends it, and waits for its end, and for that of its own processes: they notice the death
     * of their parent a little later, and until then PostgreSQL does not start again.
     */
    void end(String signal) throws IOException, InterruptedException {
        String program = process.info().command().orElseThrow();
        List<ProcessHandle> own = process.descendants()
                .filter(child -> child.info().command().filter(program::equals).isPresent())
                .toList();
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        process.waitFor();
        own.forEach(child -> child.onExit().join());
        process.getOutputStream().close(); // or else its guard would send the signal to whoever has its number then
    }

    private static void initialise(List<String> command, Path temporary, Path log) throws Exception {
        Process process =
                builder(command, temporary).redirectOutput(log.toFile()).start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(
                    "Could not initialise the data folder by " + command + ". Its log:\n" + Files.readString(log));
        }
    }

    /** With a folder for temporary files: in one that others use too, MySQL and MariaDB remove theirs when they start. */
    private static ProcessBuilder builder(List<String> command, Path temporary) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TMPDIR", temporary.toString());
        return builder;
    }

    private static List<String> guarded(String limits, String signal, List<String> command) {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", limits + DIE_WITH_THE_JVM, "sh", signal));
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

    void stop() {
        try {
            process.getOutputStream().close(); // The guard sends the signal, as it would at the death of the JVM.
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            ServerFolder.delete(data);
            ServerFolder.delete(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the data of a stopped server in " + data, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
