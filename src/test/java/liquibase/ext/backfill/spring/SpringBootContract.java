package liquibase.ext.backfill.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.Folders;
import liquibase.ext.backfill.updates.Fork;
import org.junit.jupiter.api.Test;

/**
 * Builds the service in {@code src/it} with a version of Spring Boot, and runs its tests on SQLite and on this machine's
 * PostgreSQL. The Maven that does it has a repository of its own, so that no user's is given this snapshot.
 */
abstract class SpringBootContract {
    private static final Path SOURCES = Path.of("src", "it");
    private static final Path JAR = Path.of(System.getProperty("backfill.test.jar"));
    private static final Path REPOSITORY = JAR.resolveSibling("it-repo");
    private static final String VERSION = System.getProperty("backfill.test.version");

    private final String project;
    private final String springBoot;
    private final String liquibase;

    /** @param liquibase the version of Liquibase that comes with this one of Spring Boot */
    SpringBootContract(String project, String springBoot, String liquibase) {
        this.project = project;
        this.springBoot = springBoot;
        this.liquibase = liquibase;
    }

    @Test
    void a_service_is_backfilled_when_it_has_started_and_keeps_parity() throws Exception {
        install();
        Path folder = sources();
        try (FreshDatabase postgresql = TestDatabase.POSTGRESQL.freshDatabase()) {
            String url = "%s?user=%s&password=%s".formatted(postgresql.url(), postgresql.user(), postgresql.password());

            Fork fork = Fork.run(
                    List.of(
                            Path.of(System.getProperty("backfill.test.maven.home"), "bin", "mvn")
                                    .toString(),
                            "-ntp",
                            "-B",
                            "-Dmaven.repo.local=" + REPOSITORY,
                            "-Dspring-boot.version=" + springBoot,
                            "-Dliquibase-backfill.version=" + VERSION,
                            "test"),
                    folder,
                    Map.of("SERVICE_POSTGRESQL_URL", url));

            assertThat(fork.output())
                    .contains("Spring Boot " + springBoot + " with Liquibase " + liquibase)
                    .contains("Failures: 0, Errors: 0, Skipped: 0")
                    .contains("BUILD SUCCESS");
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
    private Path sources() throws IOException {
        Path folder = JAR.resolveSibling("it-" + project);
        Folders.delete(folder);
        for (String part : List.of(project, "spring-boot-service")) {
            Folders.copy(SOURCES.resolve(part), folder.resolve(part));
        }
        return folder.resolve(project);
    }
}
