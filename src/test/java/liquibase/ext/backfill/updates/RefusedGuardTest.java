package liquibase.ext.backfill.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import liquibase.Scope;
import liquibase.ext.backfill.updates.EmbeddedLiquibase.Outcome;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A precondition that is written wrongly: refused before anything runs, because inside of a {@code not} it would be true
 * for ever. Liquibase itself validates no precondition of a changeset.
 */
class RefusedGuardTest {
    private static final String CHANGELOG = """
            databaseChangeLog:
              - changeSet:
                  id: earlier
                  author: test
                  changes:
                    - createTable: {tableName: earlier, columns: [{column: {name: id, type: int}}]}
              - changeSet:
                  id: guarded
                  author: test
                  contextFilter: guarded
                  preConditions:
                    - onFail: CONTINUE
                    - not: [{%s}]
                  changes:
                    - createTable: {tableName: guarded, columns: [{column: {name: id, type: int}}]}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        parity: {sourceTabel: a, sourceKey: id, targetTable: b, targetReference: a_id} | parity does not know sourceTabel: use
        parity: {sourceTable: a, targetTable: b, targetReference: a_id}                | parity needs sourceKey; it has sourceTable,
        parity: {sourceTable: a, sourceKey: id, targetTable: b, targetReference: a_id, identity: x} | parity.identity has "x"
        parity: a                                                                      | parity has "a", which belongs to no part of it
        backfillMode: {is: never}                                                      | backfillMode has is: "never": use auto, skip or force
        backfillMode: {mode: skip}                                                     | backfillMode does not know mode: use is
        backfillMode: {is: skip, unless: x}                                            | backfillMode does not know unless: use is
        backfillMode: skip                                                             | backfillMode has "skip", which belongs to no part of it
        """)
    void what_is_written_wrongly_is_refused_by_validate_and_by_an_update_that_then_changes_nothing(
            String guard, String message) throws Exception {
        for (String command : List.of("validate", "update")) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
                Outcome outcome = run(command, guard, "guarded", connection);

                assertThat(outcome.failure()).contains(message).contains("guarded.yaml");
                assertThat(hasTable(connection, "earlier")).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        parity: {sourceTable: '${source}', sourceKey: id, targetTable: b, targetReference: a_id} | sourceTable of parity is "${source}"
        backfillMode: {is: '${mode}'}                                                            | is of backfillMode is "${mode}"
        """)
    void a_property_that_only_another_context_resolves_is_refused_only_where_the_changeset_is_come_to(
            String guard, String message) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            Outcome other = run("update", guard, "other", connection);

            assertThat(other.failure()).isEmpty();
            assertThat(hasTable(connection, "earlier")).isTrue();

            Outcome guarded = run("update", guard, "guarded", connection);

            assertThat(guarded.failure()).contains(message).contains("was not resolved");
            assertThat(hasTable(connection, "guarded")).isFalse();
        }
    }

    @Test
    void a_guard_that_is_written_well_is_obeyed() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            assertThat(run("update", "backfillMode: {is: skip}", "guarded", connection)
                            .failure())
                    .isEmpty();
            assertThat(hasTable(connection, "guarded")).isTrue();
        }
    }

    private Outcome run(String command, String guard, String context, Connection connection) throws Exception {
        Files.writeString(folder.resolve("guarded.yaml"), CHANGELOG.formatted(guard));
        return EmbeddedLiquibase.run(
                command,
                "guarded.yaml",
                command.equals("validate")
                        ? Map.of("database", EmbeddedLiquibase.database(connection))
                        : Map.of("database", EmbeddedLiquibase.database(connection), "contexts", context),
                Map.of(Scope.Attr.resourceAccessor.name(), new DirectoryResourceAccessor(folder)));
    }

    private static boolean hasTable(Connection connection, String name) throws Exception {
        try (var tables = connection.getMetaData().getTables(null, null, name, null)) {
            return tables.next();
        }
    }
}
