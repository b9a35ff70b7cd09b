package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.EmbeddedLiquibase.MASTER;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.EmbeddedLiquibase.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code update-sql} calls a task like {@code update} does; it must write nothing and print what an update would do. */
abstract class UpdateSqlContract extends UpdateContract {
    UpdateSqlContract(TestDatabase product) {
        super(product);
    }

    @Test
    void it_writes_nothing_and_says_how_many_rows_an_update_would_insert() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"), Run.bare("b"), new Run("c", null, null, null));

        Outcome outcome = liquibase().updateSql(BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        assertThat(runs.annotations()).isEmpty();
        assertThat(runs.hasTable("DATABASECHANGELOGBACKFILL")).isFalse();
        assertThat(outcome.said())
                .contains("Backfill pipeline_run.created_by, as one statement")
                .contains("Rows it would insert as the database is now: 3.")
                .contains("Backfill pipeline_run.name/extra_data, as one statement")
                .contains("Rows it would insert as the database is now: 2.");
    }

    @Test
    void the_statements_that_it_prints_do_what_an_update_does() throws Exception {
        List<Run> some = Run.some(30);
        runs.createTables();
        runs.add(some);

        Outcome outcome = liquibase().updateSql(BACKFILLS);
        assertThat(runs.annotations()).isEmpty();
        for (String statement : outcome.said().split(";\\R")) {
            if (statement.contains("pipeline_run_annotation") && statement.contains("INSERT INTO")) {
                runs.execute(statement);
            }
        }

        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void it_prints_no_backfill_where_parity_holds() throws Exception {
        runs.createTables();
        runs.add(Run.some(5));
        liquibase().update(BACKFILLS);

        Outcome outcome = liquibase().updateSql(BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.said()).doesNotContain("as one statement");
    }

    @Test
    void on_a_database_without_tables_it_prints_them_and_says_that_rows_are_not_known_yet() throws Exception {
        Outcome outcome = liquibase().updateSql(MASTER);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.said())
                .containsPattern("CREATE TABLE \\S*pipeline_run_annotation")
                .contains("How many rows it would insert is not known yet")
                .containsPattern("INSERT INTO \\S*pipeline_run_annotation");
        assertThat(runs.hasTable("pipeline_run")).isFalse();
    }

    @Test
    void it_needs_no_database(@TempDir Path folder) throws Exception {
        String shortName = product.name().toLowerCase(Locale.ROOT);
        String url = "offline:%s?changeLogFile=%s".formatted(shortName, folder.resolve("changelog.csv"));

        Outcome outcome = EmbeddedLiquibase.run("updateSql", MASTER, Map.of("url", url), Map.of());

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.said())
                .containsPattern("CREATE TABLE \\S*pipeline_run_annotation")
                .contains("Backfill pipeline_run.created_by, as one statement")
                .containsPattern("INSERT INTO \\S*pipeline_run_annotation");
    }

    @Test
    void mode_skip_leaves_the_backfills_out_of_the_script() throws Exception {
        runs.createTables();
        runs.add(Run.some(5));

        Outcome outcome = liquibase().with("liquibase.backfill.mode", "skip").updateSql(BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.said()).doesNotContain("as one statement");
    }
}
