package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("sqlite")
class SqliteMavenPluginIT extends MavenPluginContract {
    SqliteMavenPluginIT() {
        super(TestDatabase.SQLITE);
    }

    @Test
    void a_database_that_a_properties_file_names_gets_no_demo_run_either() throws Exception {
        List<Run> some = Run.some(3);
        runs.createTables();
        runs.add(some);
        MavenCheckout checkout = MavenCheckout.get();
        checkout.write("service.properties", "url=" + database.url() + "\ncontexts=demo\n");

        Fork fork = checkout.update(Map.of(), "-Dliquibase.propertyFile=service.properties");

        assertThat(fork.output()).contains("BUILD SUCCESS").doesNotContain("demo-runs");
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }
}
