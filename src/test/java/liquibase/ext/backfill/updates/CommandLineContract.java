package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.MASTER;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code liquibase update}: the program that users start, in a JVM of its own, with the jar in {@code lib}. */
abstract class CommandLineContract extends UpdateContract {
    private static final String EXAMPLE = "liquibase-backfill/examples/db.changelog-backfill-type.yaml";

    @TempDir
    Path folder;

    CommandLineContract(TestDatabase product) {
        super(product);
    }

    @Test
    void update_backfills_old_runs_and_a_second_one_finds_nothing_to_do() throws Exception {
        List<Run> some = Run.some(25);
        runs.createTables();
        runs.add(some);
        LiquibaseHome home = LiquibaseHome.in(folder).withExtension();

        Fork first = home.run(database, MASTER, "update");

        assertThat(first.output())
                .contains("Backfill pipeline_run.created_by: complete in")
                .contains("Backfill pipeline_run.name/extra_data: complete in")
                .contains("Backfill pipeline_run.name/component_spec: complete in")
                .contains("Liquibase command 'update' was executed successfully.");
        assertThat(first.succeeded()).isTrue();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
        var changelog = runs.changelog();

        Fork second = home.run(database, MASTER, "update");

        assertThat(second.output()).doesNotContain("Backfill ");
        assertThat(second.succeeded()).isTrue();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
        assertThat(runs.changelog()).isEqualTo(changelog);
    }

    /** The example is written with the change type and the precondition of this extension. */
    @Test
    void the_script_of_a_dry_run_gives_the_rows_of_an_update_and_a_rollback_leaves_them() throws Exception {
        List<Run> some = Run.some(25);
        runs.createTables();
        runs.add(some);
        LiquibaseHome home = LiquibaseHome.in(folder).withExtension();

        Fork dryRun = home.run(database, EXAMPLE, "update-sql", "--output-file=script.sql");

        assertThat(dryRun.succeeded()).isTrue();
        assertThat(runs.annotations()).isEmpty();
        for (String statement : Files.readString(folder.resolve("script.sql")).split(";\\R")) {
            if (statement.contains("INSERT INTO") && statement.contains("pipeline_run_annotation")) {
                runs.execute(statement);
            }
        }
        assertThat(runs.annotations()).isEqualTo(inParity(some));

        runs.removeAnnotation(some.get(3).id(), PipelineRuns.NAME);
        Fork update = home.run(database, EXAMPLE, "update");
        Fork rollback = home.run(database, EXAMPLE, "rollback-count", "--count=1");

        assertThat(update.output()).contains("Backfill example/pipeline_run.name/extra_data: complete in");
        assertThat(rollback.output()).contains("Rolling Back Changeset: " + EXAMPLE + "::pipeline-run-name");
        assertThat(rollback.succeeded()).isTrue();
        assertThat(runs.annotations()).isEqualTo(inParity(some));

        runs.removeAnnotation(some.get(3).id(), PipelineRuns.NAME);
        Fork tested = home.run(database, EXAMPLE, "update-testing-rollback");

        assertThat(tested.output()).contains("Liquibase command 'update-testing-rollback' was executed successfully.");
        assertThat(tested.succeeded()).isTrue();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }
}
