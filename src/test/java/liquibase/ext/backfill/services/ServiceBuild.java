package liquibase.ext.backfill.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.ProcessLock;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.Folders;
import liquibase.ext.backfill.updates.Fork;

/**
 * Runs the tests of a service in {@code src/it/services}, on this machine's PostgreSQL if they ask for one. The Maven that does it
 * has a repository of its own, so that no user's is given this snapshot.
 */
final class ServiceBuild {
    private static final Path SOURCES = Path.of("src", "it", "services");
    private static final Path JAR = Path.of(System.getProperty("backfill.test.jar"));
    private static final Path REPOSITORY = JAR.resolveSibling("it-repo");
    private static final String VERSION = System.getProperty("backfill.test.version");

    private ServiceBuild() {}

    /** @param properties for Maven, {@code name=value} */
    static Fork test(String project, String... properties) throws Exception {
        try (ProcessLock lock =
                ProcessLock.take(REPOSITORY.resolveSibling("it-repo.lock"))) { // no Maven expects another
            return run(project, properties);
        }
    }

    private static Fork run(String project, String... properties) throws Exception {
        install();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("backfill.test.maven.home"), "bin", "mvn")
                        .toString(),
                "-ntp",
                "-B",
                "-Dmaven.repo.local=" + REPOSITORY,
                "-Dliquibase-backfill.version=" + VERSION));
        for (String property : properties) {
            command.add("-D" + property);
        }
        command.add("test");
        try (FreshDatabase postgresql = TestDatabase.POSTGRESQL.freshDatabase()) {
            String url = "%s?user=%s&password=%s".formatted(postgresql.url(), postgresql.user(), postgresql.password());
            return Fork.run(command, copy(project), Map.of("SERVICE_POSTGRESQL_URL", url));
        }
    }

    private static void install() throws IOException {
        Path home = REPOSITORY.resolve("io/github/liquibase-backfill/liquibase-backfill/" + VERSION);
        Files.createDirectories(home);
        String name = "liquibase-backfill-" + VERSION;
        Files.copy(JAR, home.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(Path.of("pom.xml"), home.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Built apart from its sources, so that nothing is left there. */
    private static Path copy(String project) throws IOException {
        Path folder = JAR.resolveSibling("it-" + project);
        Folders.delete(folder);
        Folders.copy(SOURCES, folder);
        return folder.resolve(project);
    }
}
