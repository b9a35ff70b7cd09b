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
    void help_lists_every_setting_with_its_default_and_the_commands() throws Exception {
        Fork fork = LiquibaseHome.in(folder).withExtension().run(database, MASTER, "--help");

        String help = fork.output().replaceAll("\\s+", " ");
        assertThat(help)
                .contains("--backfill-mode=PARAM", "DEFAULT: auto", "'LIQUIBASE_BACKFILL_MODE'")
                .contains("--backfill-on-failure=PARAM", "DEFAULT: fail")
                .contains("--backfill-isolation=PARAM", "DEFAULT: serializable")
                .contains("--backfill-target-chunk-time=PARAM", "10ms to 10s DEFAULT: 200ms")
                .contains("--backfill-lock-timeout=PARAM", "DEFAULT: 5s")
                .contains("--backfill-statement-timeout=PARAM", "DEFAULT: 60s")
                .contains("--backfill-pause=PARAM", "up to 10m DEFAULT: 0ms")
                .contains("--backfill-attempts=PARAM", "1 to 1000 DEFAULT: 10")
                .contains("--backfill-lease=PARAM", "1s to 1h DEFAULT: 30s")
                .contains("--backfill-chunk-size=PARAM", "--backfill-throttle-query=PARAM", "--backfill-time-box=PARAM")
                .contains("backfill-status", "backfill-verify", "backfill-run");
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
