package liquibase.ext.backfill.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import liquibase.resource.DirectoryResourceAccessor;

/** The original's statements as {@code sql} changes of a changelog, each in a changeset of its own. */
record SqlChanges(Original original) implements Variant {
    @Override
    public String label() {
        return "Liquibase sql changes";
    }

    @Override
    public void run(Connection connection) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "benchmarks", "changelogs"));
        var changelog = new StringBuilder("--liquibase formatted sql\n");
        for (Original.Part part : original.parts()) {
            changelog.append("\n--changeset benchmark:%d runAlways:true\n%s;\n"
                    .formatted(changelog.length(), original.insert(part)));
        }
        Files.writeString(folder.resolve("sql-changes.sql"), changelog);
        try (var resources = new DirectoryResourceAccessor(folder)) {
            LiquibaseUpdate.run(connection, "sql-changes.sql", resources);
        }
    }
}
