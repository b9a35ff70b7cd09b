package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.MASTER;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("sqlite")
class SqliteCommandLineIT extends CommandLineContract {
    SqliteCommandLineIT() {
        super(TestDatabase.SQLITE);
    }

    @Test
    void the_jar_may_be_named_by_classpath() throws Exception {
        List<Run> some = Run.some(25);
        runs.createTables();
        runs.add(some);

        Fork fork = LiquibaseHome.in(folder).run(database, MASTER, "--classpath=" + LiquibaseHome.JAR, "update");

        assertThat(fork.output()).contains("Backfill pipeline_run.created_by: complete in");
        assertThat(fork.succeeded()).isTrue();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    /** With the jar in {@code lib}: before 4.31, Liquibase knows no options of a jar that is named by --classpath. */
    @Test
    void a_setting_may_be_named_by_its_option() throws Exception {
        runs.createTables();
        runs.add(Run.some(25));

        Fork fork = LiquibaseHome.in(folder).withExtension().run(database, MASTER, "--backfill-chunk-size=7", "update");

        assertThat(fork.output()).contains("Backfill pipeline_run.created_by: complete in");
        assertThat(fork.succeeded()).isTrue();
        assertThat(runs.read("SELECT CHUNKS FROM DATABASECHANGELOGBACKFILL WHERE NAME = 'pipeline_run.created_by'"))
                .containsExactly(List.of("4"));
    }

    @Test
    void a_failing_update_exits_with_an_error_that_says_what_is_missing() throws Exception {
        Fork fork = LiquibaseHome.in(folder).withExtension().run(database, EmbeddedLiquibase.BACKFILLS, "update");

        assertThat(fork.output())
                .contains("backfill pipeline_run.created_by cannot run on SQLite")
                .contains("table pipeline_run is missing");
        assertThat(fork.succeeded()).isFalse();
    }
}
