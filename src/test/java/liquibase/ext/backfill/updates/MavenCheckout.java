package liquibase.ext.backfill.updates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A checkout of this project without its tests, in which Maven runs as on a user's machine. It has a target folder of its
 * own, so that neither the build that runs this test nor a developer's demo database is disturbed.
 */
final class MavenCheckout {
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final String MAVEN = System.getProperty("os.name").startsWith("Windows") ? "bin/mvn.cmd" : "bin/mvn";

    /** Another one in each of the JVMs that run tests at the same time. */
    private static final String FOLDER = "checkout-of-" + System.getProperty("backfill.test.fork");

    /** One for all tests of a JVM: compiling takes longer than anything that is tested with it. */
    private static final MavenCheckout ONLY = make();

    private final Path folder;

    private MavenCheckout(Path folder) {
        this.folder = folder;
    }

    static MavenCheckout get() {
        return ONLY;
    }

    private static MavenCheckout make() {
        try {
            Path folder = LiquibaseHome.JAR.resolveSibling(FOLDER);
            Folders.delete(folder); // What was deleted or renamed since the last run would still be in it.
            for (String part : List.of("pom.xml", "changelogs", "src/main")) {
                Folders.copy(HERE.resolve(part), folder.resolve(part));
            }
            return new MavenCheckout(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database that the demo makes. */
    Path demo() {
        return folder.resolve("target/demo.db");
    }

    void forgetDemo() throws IOException {
        Files.deleteIfExists(demo());
    }

    void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    /** {@code mvn -ntp process-classes liquibase:update}, as the README has it. */
    Fork update(Map<String, String> environment, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("backfill.test.maven.home"), MAVEN).toString(),
                "-ntp",
                "-B",
                "-Dmaven.repo.local=" + System.getProperty("backfill.test.maven.repository"),
                "-Dliquibase.version=" + System.getProperty("backfill.test.liquibase.version"),
                "process-classes",
                "liquibase:update"));
        command.addAll(List.of(options));
        return Fork.run(command, folder, environment);
    }
}
