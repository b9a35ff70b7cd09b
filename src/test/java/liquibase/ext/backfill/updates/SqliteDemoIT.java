package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.PipelineRuns.CREATED_BY;
import static liquibase.ext.backfill.updates.PipelineRuns.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, as a newcomer runs it: in a checkout, with nothing named. */
@Tag("sqlite")
class SqliteDemoIT {
    private final MavenCheckout checkout = MavenCheckout.get();

    @Test
    void the_demo_gives_every_run_what_its_case_promises_and_says_so_and_can_be_repeated(@TempDir Path folder)
            throws Exception {
        checkout.forgetDemo();

        Fork first = checkout.update(Map.of());

        assertThat(first.output().lines().filter(line -> line.contains(": complete in ")))
                .map(line -> line.replaceFirst("^\\[INFO] ", "").replaceFirst("in [\\d.]+ m?s", "in <time>"))
                .containsExactly(
                        "Backfill pipeline_run.created_by: complete in <time>. Of 490 rows of pipeline_run, 30 had "
                                + "system/pipeline_run.created_by already, 460 were inserted, 0 are missing: parity.",
                        "Backfill pipeline_run.name/extra_data: complete in <time>. Of 490 rows of pipeline_run, 50 had "
                                + "system/pipeline_run.name already, 160 were inserted, 280 have no value here.",
                        "Backfill pipeline_run.name/component_spec: complete in <time>. Of 490 rows of pipeline_run, "
                                + "210 had system/pipeline_run.name already, 280 were inserted, 0 are missing: parity.");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + checkout.demo())) {
            var runs = new PipelineRuns(TestDatabase.SQLITE, connection);
            everyRunHasWhatItsCasePromises(runs);
            var annotations = runs.annotations();
            var changelog = runs.changelog();

            // A variable of the environment must not send the demo elsewhere.
            Path elsewhere = folder.resolve("elsewhere.db");
            Fork second = checkout.update(Map.of("LIQUIBASE_COMMAND_URL", "jdbc:sqlite:" + elsewhere));

            assertThat(second.output()).contains("BUILD SUCCESS").doesNotContain(": complete in ");
            assertThat(runs.annotations()).isEqualTo(annotations);
            assertThat(runs.changelog()).isEqualTo(changelog);
            assertThat(Files.exists(elsewhere)).isFalse();
        }
    }

    private static void everyRunHasWhatItsCasePromises(PipelineRuns runs) throws Exception {
        assertThat(runs.read("SELECT COUNT(*), COUNT(DISTINCT annotations ->> 'case') FROM pipeline_run"))
                .containsExactly(List.of("490", "49"));
        assertThat(runs.read("""
                        SELECT r.annotations ->> 'case', r.annotations ->> 'name', a.value
                        FROM pipeline_run r LEFT JOIN pipeline_run_annotation a
                          ON a.pipeline_run_id = r.id AND a.key = '%s'
                        WHERE a.pipeline_run_id IS NULL OR a.value IS NOT r.annotations ->> 'name'""".formatted(NAME))).isEmpty();
        assertThat(runs.read("""
                        SELECT r.annotations ->> 'case', r.created_by, a.value
                        FROM pipeline_run r LEFT JOIN pipeline_run_annotation a
                          ON a.pipeline_run_id = r.id AND a.key = '%s'
                        WHERE a.value IS NOT SUBSTR(COALESCE(r.created_by, ''), 1, 255)""".formatted(CREATED_BY))).isEmpty();
    }
}
