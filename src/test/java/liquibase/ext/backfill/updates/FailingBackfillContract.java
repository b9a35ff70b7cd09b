package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.EmbeddedLiquibase.MASTER;
import static liquibase.ext.backfill.updates.PipelineRuns.CREATED_BY;
import static liquibase.ext.backfill.updates.PipelineRuns.NAME;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.EmbeddedLiquibase.Outcome;
import org.junit.jupiter.api.Test;

/**
 * What is left and what is said when a backfill cannot go on. Nothing half-done means: chunks that were committed
 * before are kept together with their checkpoint, the chunk that failed is rolled back, and the changeset is not
 * recorded.
 */
abstract class FailingBackfillContract extends UpdateContract {
    /** The trigger's words. */
    private static final String CAUSE = "no annotation for this run";

    FailingBackfillContract(TestDatabase product) {
        super(product);
    }

    @Test
    void a_changeset_in_a_transaction_is_refused_because_its_earlier_changes_would_be_lost() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));

        Outcome outcome = liquibase().update("changelogs/in-transaction.yaml");

        assertThat(outcome.failure())
                .contains(
                        "backfill pipeline_run.created_by is in a changeset with runInTransaction: true: set it to false");
        assertThat(runs.recorded()).isEmpty();
        assertThat(runs.annotations()).isEmpty();
    }

    @Test
    void the_message_names_the_backfill_the_database_and_the_cause() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));
        refuse("a", CREATED_BY);

        Outcome outcome = liquibase().update(BACKFILLS);

        String url = database.url().replaceFirst("\\?.*", "");
        assertThat(outcome.failure())
                .contains("pipeline-run-created-by")
                .containsPattern("backfill pipeline_run\\.created_by failed on \\w+ [\\w.-]+ \\(\\Q" + url + "\\E\\)")
                .contains(CAUSE)
                .contains("keys [a, a]")
                .contains("Kept: the 0 rows that this run inserted in 0 chunks")
                .contains("Mend the cause and run the update again");
        assertThat(outcome.failure()).doesNotContain("password");
    }

    @Test
    void chunks_that_were_committed_are_kept_with_their_checkpoint_and_nothing_of_the_one_that_failed()
            throws Exception {
        List<Run> some = Run.some(100);
        List<String> ids = some.stream().map(Run::id).sorted().toList();
        runs.createTables();
        runs.add(some);
        refuse(ids.get(54), CREATED_BY);

        Outcome outcome = liquibase().with("liquibase.backfill.chunkSize", "10").update(BACKFILLS);

        assertThat(outcome.failed()).isTrue();
        List<String> checkpoint = runs.checkpoint("pipeline_run.created_by");
        String reached = checkpoint.get(1);
        assertThat(checkpoint.get(0)).isEqualTo("FAILED");
        // Whatever the size that chunks were halved to: everything up to the checkpoint, and nothing beyond it.
        assertThat(reached).isBetween(ids.get(49), ids.get(53));
        assertThat(runs.annotations().keySet())
                .isEqualTo(ids.stream()
                        .filter(id -> id.compareTo(reached) <= 0)
                        .map(id -> id + "/" + CREATED_BY)
                        .collect(Collectors.toSet()));
        assertThat(runs.recorded()).isEmpty();
        assertThat(outcome.failure()).contains("Kept: the %d rows".formatted(ids.indexOf(reached) + 1));
    }

    @Test
    void the_next_update_goes_on_where_the_failed_one_left_off() throws Exception {
        List<Run> some = Run.some(100);
        String middle = some.stream().map(Run::id).sorted().toList().get(54);
        runs.createTables();
        runs.add(some);
        refuse(middle, CREATED_BY);
        var liquibase = liquibase().with("liquibase.backfill.chunkSize", "10");
        liquibase.update(BACKFILLS);
        String reached = runs.checkpoint("pipeline_run.created_by").get(1);
        refuseNoMore();

        Outcome outcome = liquibase.update(BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.said())
                .contains("Backfill pipeline_run.created_by: goes on after key %s".formatted(reached));
        assertThat(runs.annotations()).isEqualTo(inParity(some));
        assertThat(runs.checkpoint("pipeline_run.created_by").get(0)).isEqualTo("COMPLETE");
    }

    @Test
    void backfills_before_the_one_that_failed_stay_done_and_those_after_it_are_not_begun() throws Exception {
        List<Run> some = Run.some(6);
        runs.createTables();
        runs.add(some);
        Run named = some.stream()
                .filter(run -> run.nameInExtraData() != null)
                .min(Comparator.comparing(Run::id))
                .orElseThrow();
        refuse(named.id(), NAME);

        Outcome outcome = liquibase().update(BACKFILLS);

        assertThat(outcome.failure()).contains("backfill pipeline_run.name/extra_data failed on");
        assertThat(runs.recorded()).containsExactly("pipeline-run-created-by");
        assertThat(outcome.said()).doesNotContain("component_spec");
        refuseNoMore();
        assertThat(liquibase().update(BACKFILLS).failure()).isEmpty();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void with_onFailure_report_the_update_goes_on_loudly_and_the_next_one_repeats_the_backfill() throws Exception {
        List<Run> some = Run.some(6);
        runs.createTables();
        runs.add(some);
        refuse(some.get(3).id(), CREATED_BY);
        var liquibase = liquibase().with("liquibase.backfill.onFailure", "report");

        Outcome outcome = liquibase.update(BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.said())
                .contains("backfill pipeline_run.created_by failed on")
                .contains(CAUSE)
                .contains("The update goes on, because liquibase.backfill.onFailure is report.");
        assertThat(outcome.logged()).contains("SEVERE backfill pipeline_run.created_by failed on");
        assertThat(runs.annotations().keySet())
                .containsAll(some.stream().map(run -> run.id() + "/" + NAME).toList());

        refuseNoMore();
        assertThat(liquibase.update(BACKFILLS).failure()).isEmpty();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void a_connection_whose_backfill_failed_has_the_isolation_and_autocommit_that_it_had() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));
        refuse("a", CREATED_BY);
        try (Connection services = database.dataSource().getConnection()) {
            int isolation = services.getTransactionIsolation();
            boolean autoCommit = EmbeddedLiquibase.database(services).getAutoCommitMode();

            assertThat(liquibase().update(BACKFILLS, services).failed()).isTrue();

            assertThat(services.getTransactionIsolation()).isEqualTo(isolation);
            assertThat(services.getAutoCommit()).isEqualTo(autoCommit);
        }
    }

    @Test
    void without_the_services_tables_one_error_names_all_that_are_missing_and_nothing_is_changed() throws Exception {
        Outcome outcome = liquibase().update(BACKFILLS);

        assertThat(outcome.failure())
                .contains("backfill pipeline_run.created_by cannot run on")
                .contains("table pipeline_run is missing in ")
                .contains("; table pipeline_run_annotation is missing in ")
                .contains("Nothing was changed.");
        assertThat(runs.hasTable("pipeline_run")).isFalse();
        assertThat(runs.hasTable("DATABASECHANGELOGBACKFILL")).isFalse();
        assertThat(runs.recorded()).isEmpty();
    }

    @Test
    void a_missing_table_of_a_join_is_named_by_the_backfill_that_needs_it() throws Exception {
        runs.createTables();
        runs.add(new Run("a", "alice", null, "component"));
        runs.execute("DROP TABLE execution_node");

        Outcome outcome = liquibase().update(BACKFILLS);

        assertThat(outcome.failure())
                .contains("backfill pipeline_run.name/component_spec cannot run on")
                .contains("table execution_node is missing in ")
                .doesNotContain("table pipeline_run is missing");
        assertThat(runs.annotations()).isEqualTo(Map.of("a/" + CREATED_BY, "alice"));
    }

    @Test
    void a_missing_column_is_named_although_the_guard_cannot_be_evaluated() throws Exception {
        runs.createTables();
        runs.execute("DROP TABLE pipeline_run_annotation");
        runs.execute("CREATE TABLE pipeline_run_annotation (run VARCHAR(20) NOT NULL PRIMARY KEY, value VARCHAR(255))");
        runs.add(Run.bare("a"));

        Outcome outcome = liquibase().update(BACKFILLS);

        assertThat(outcome.failure())
                .contains("backfill pipeline_run.created_by cannot run on")
                .contains("column pipeline_run_id of table pipeline_run_annotation is missing")
                .contains("column key of table pipeline_run_annotation is missing")
                .contains("Nothing was changed.");
        assertThat(runs.recorded()).isEmpty();
    }

    @Test
    void a_target_without_its_unique_constraint_is_refused() throws Exception {
        runs.createTables();
        runs.execute("ALTER TABLE pipeline_run_annotation RENAME TO with_key");
        runs.execute("CREATE TABLE pipeline_run_annotation AS SELECT * FROM with_key");
        runs.add(Run.bare("a"));

        Outcome outcome = liquibase().update(MASTER);

        assertThat(outcome.failure())
                .contains("table pipeline_run_annotation has no primary key or unique constraint over "
                        + "(pipeline_run_id, key): without it a backfill that meets a writer makes doubles");
        assertThat(runs.annotations()).isEmpty();
    }

    @Test
    void a_wrong_setting_is_refused_before_any_changeset_ran() throws Exception {
        Outcome outcome =
                liquibase().with("liquibase.backfill.chunkSize", "abc").update(MASTER);

        assertThat(outcome.failure()).contains("liquibase.backfill.chunkSize is \"abc\": use a whole number");
        assertThat(runs.hasTable("pipeline_run")).isFalse();
    }

    private void refuse(String run, String key) throws SQLException {
        String quotedKey = product == TestDatabase.MYSQL || product == TestDatabase.MARIADB ? "`key`" : "\"key\"";
        switch (product) {
            case SQLITE -> runs.execute("""
                    CREATE TRIGGER refuse BEFORE INSERT ON pipeline_run_annotation
                    WHEN NEW.pipeline_run_id = '%s' AND NEW.%s = '%s'
                    BEGIN SELECT RAISE(ABORT, '%s'); END""".formatted(run, quotedKey, key, CAUSE));
            case POSTGRESQL -> {
                runs.execute("""
                        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN RAISE EXCEPTION '%s'; END $$""".formatted(CAUSE));
                runs.execute("""
                        CREATE TRIGGER refuse BEFORE INSERT ON pipeline_run_annotation FOR EACH ROW
                        WHEN (NEW.pipeline_run_id = '%s' AND NEW.%s = '%s') EXECUTE FUNCTION refuse()""".formatted(run, quotedKey, key));
            }
            case MYSQL, MARIADB -> runs.execute("""
                    CREATE TRIGGER refuse BEFORE INSERT ON pipeline_run_annotation FOR EACH ROW
                    BEGIN IF NEW.pipeline_run_id = '%s' AND NEW.%s = '%s' THEN
                      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '%s';
                    END IF; END""".formatted(run, quotedKey, key, CAUSE));
        }
    }

    private void refuseNoMore() throws SQLException {
        runs.execute("DROP TRIGGER refuse" + (product == TestDatabase.POSTGRESQL ? " ON pipeline_run_annotation" : ""));
    }
}
