package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgresql")
class PostgresqlMavenPluginIT extends MavenPluginContract {
    PostgresqlMavenPluginIT() {
        super(TestDatabase.POSTGRESQL);
    }

    @Test
    void update_works_in_another_schema_than_the_connections_own() throws Exception {
        List<Run> some = Run.some(3);
        runs.execute("CREATE SCHEMA other");
        PipelineRuns inOther = runs.in("other");
        inOther.createTables();
        inOther.add(some);

        Fork fork = MavenCheckout.get().update(Map.of(), options("-Dliquibase.defaultSchemaName=other"));

        assertThat(fork.output()).contains("BUILD SUCCESS");
        assertThat(inOther.annotations()).isEqualTo(inParity(some));
        assertThat(runs.hasTable("pipeline_run")).isFalse();
    }
}
