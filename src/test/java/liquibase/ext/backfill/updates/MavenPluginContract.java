package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** The README's first command with {@code -Dliquibase.url=…}: it backfills that database and adds no demo run. */
abstract class MavenPluginContract extends UpdateContract {
    MavenPluginContract(TestDatabase product) {
        super(product);
    }

    @Test
    void update_backfills_the_named_database_and_adds_no_demo_run_even_if_its_context_is_asked_for() throws Exception {
        List<Run> some = Run.some(25);
        runs.createTables();
        runs.add(some);

        Fork fork = MavenCheckout.get()
                .update(Map.of("LIQUIBASE_COMMAND_CONTEXTS", "demo"), options("-Dliquibase.contexts=demo"));

        assertThat(fork.output())
                .contains("Backfill pipeline_run.created_by: complete in")
                .contains("BUILD SUCCESS")
                .doesNotContain("demo-runs");
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    String[] options(String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("-Dliquibase.url=" + database.url());
        if (!database.user().isEmpty()) {
            options.add("-Dliquibase.username=" + database.user());
        }
        // The plugin of Liquibase 4 makes up a password where none is given.
        options.add(
                database.password().isEmpty()
                        ? "-Dliquibase.emptyPassword=true"
                        : "-Dliquibase.password=" + database.password());
        return options.toArray(String[]::new);
    }
}
