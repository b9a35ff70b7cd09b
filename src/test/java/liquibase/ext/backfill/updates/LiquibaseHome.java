package liquibase.ext.backfill.updates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.testing.FreshDatabase;

/**
 * Liquibase's command line in a home that is laid out like the one of its distribution: Liquibase and the drivers in
 * {@code internal/lib}, what a user adds in {@code lib}. The build makes the template of it.
 *
 * @param folder the home, and the folder in which the commands are run
 */
public record LiquibaseHome(Path folder) {
    private static final Path TEMPLATE = Path.of(System.getProperty("backfill.test.liquibase.home"));

    /** This extension's jar. */
    static final Path JAR = Path.of(System.getProperty("backfill.test.jar"));

    public static LiquibaseHome in(Path folder) throws IOException {
        Folders.copy(TEMPLATE, folder);
        Files.createDirectories(folder.resolve("lib"));
        return new LiquibaseHome(folder);
    }

    /** With this extension where a user puts it. */
    public LiquibaseHome withExtension() throws IOException {
        Files.copy(JAR, folder.resolve("lib").resolve(JAR.getFileName()));
        return this;
    }

    /** Runs a command on a database; global options first, as always. */
    Fork run(FreshDatabase database, String changelog, String... optionsAndCommand)
            throws IOException, InterruptedException {
        List<String> command = command(database, changelog, optionsAndCommand);
        return Fork.run(command, folder, Map.of("LIQUIBASE_HOME", folder.toString()));
    }

    /** What starts a command on a database, with {@code LIQUIBASE_HOME} in the environment. */
    public List<String> command(FreshDatabase database, String changelog, String... optionsAndCommand) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // A process of two seconds is gone before better code would pay off.
                "-jar",
                folder.resolve("internal/lib/liquibase-core.jar").toString(),
                "--changelog-file=" + changelog,
                "--url=" + database.url(),
                "--username=" + database.user(),
                "--password=" + database.password()));
        command.addAll(List.of(optionsAndCommand));
        return command;
    }
}
