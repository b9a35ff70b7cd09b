package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.EmbeddedLiquibase.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Liquibase calls changes in many commands that only print. None of them may write, whichever way a backfill is written. */
abstract class DryRunContract extends UpdateContract {
    private static final String TAGGED = "changelogs/tagged.yaml";

    @TempDir
    Path folder;

    DryRunContract(TestDatabase product) {
        super(product);
    }

    private Outcome run(String command, Map<String, Object> arguments) throws Exception {
        Map<String, Object> all = new HashMap<>(arguments);
        all.putAll(Map.of("url", database.url(), "username", database.user(), "password", database.password()));
        return EmbeddedLiquibase.run(command, TAGGED, all, Map.of());
    }

    static Stream<Arguments> scripts() {
        return Stream.of(
                Arguments.of("updateSql", Map.of()),
                Arguments.of("updateCountSql", Map.of("count", 6)),
                Arguments.of("updateToTagSql", Map.of("tag", "complete")));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void the_script_of_an_update_holds_the_statements_and_nothing_is_written(
            String command, Map<String, Object> arguments) throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));

        Outcome outcome = run(command, arguments);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.said())
                .contains("Backfill pipeline_run.created_by, as one statement")
                .contains("Backfill example/pipeline_run.created_by, as one statement")
                .contains("Rows it would insert as the database is now: 1.");
        assertNothingIsWritten();
    }

    static Stream<Arguments> looks() {
        return Stream.of(
                Arguments.of("futureRollbackSql", Map.of()),
                Arguments.of("futureRollbackCountSql", Map.of("count", 6)),
                Arguments.of("status", Map.of("verbose", true)),
                Arguments.of("changelogSyncSql", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void what_only_looks_at_changes_writes_nothing(String command, Map<String, Object> arguments) throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));

        assertThat(run(command, arguments).failure()).isEmpty();

        assertNothingIsWritten();
    }

    @Test
    void the_documentation_of_a_database_writes_nothing_into_it() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));

        // Given an absolute path, Liquibase writes some of the pages into the working directory.
        Path relative = Path.of("").toAbsolutePath().relativize(folder.toRealPath());
        Outcome outcome = run("dbDoc", Map.of("outputDirectory", relative.toString()));

        assertThat(outcome.failure()).isEmpty();
        assertThat(folder.resolve("index.html")).exists();
        assertNothingIsWritten();
    }

    static Stream<Arguments> rollbacks() {
        return Stream.of(
                Arguments.of("rollbackCountSql", Map.of("count", 7)),
                Arguments.of("rollbackCount", Map.of("count", 7)),
                Arguments.of("updateTestingRollback", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("rollbacks")
    void a_rollback_passes_and_leaves_the_rows(String command, Map<String, Object> arguments) throws Exception {
        List<Run> some = Run.some(5);
        runs.createTables();
        runs.add(some);
        assertThat(liquibase().update(TAGGED).failure()).isEmpty();

        Outcome outcome = run(command, arguments);

        assertThat(outcome.failure()).isEmpty();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    private void assertNothingIsWritten() throws Exception {
        assertThat(runs.annotations()).isEmpty();
        assertThat(runs.hasTable("DATABASECHANGELOGBACKFILL")).isFalse();
    }

    /** With a guard that asks for parity only. */
    @Test
    void what_is_switched_off_is_not_in_the_script() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));

        Outcome outcome = liquibase().with("liquibase.backfill.mode", "skip").updateSql("changelogs/backfill-type.xml");

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.said())
                .contains(" Backfill xml/name/extra_data skipped: liquibase.backfill.mode is skip.")
                .doesNotContain("as one statement")
                .doesNotContainPattern("INSERT INTO \\S*pipeline_run_annotation");
        assertNothingIsWritten();
    }
}
