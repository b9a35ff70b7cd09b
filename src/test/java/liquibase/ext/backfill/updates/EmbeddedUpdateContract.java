package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.EmbeddedLiquibase.MASTER;
import static liquibase.ext.backfill.updates.PipelineRuns.CREATED_BY;
import static liquibase.ext.backfill.updates.PipelineRuns.NAME;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import liquibase.database.Database;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.EmbeddedLiquibase.Outcome;
import org.junit.jupiter.api.Test;

/** What {@code update} promises about runs, old, new and lost, when a service runs it at its start. */
abstract class EmbeddedUpdateContract extends UpdateContract {
    private static final List<String> BACKFILL_CHANGESETS = List.of(
            "pipeline-run-created-by", "pipeline-run-name-from-extra-data", "pipeline-run-name-from-component-spec");

    EmbeddedUpdateContract(TestDatabase product) {
        super(product);
    }

    @Test
    void old_runs_without_annotations_next_to_new_ones_with_them_end_in_parity() throws Exception {
        runs.createTables();
        List<Run> old = Run.some(200);
        runs.add(old);
        Run renamed = new Run("new and renamed", "alice", "Name at first", null);
        Run halfway = Run.bare("new and halfway");
        runs.add(renamed, halfway);
        runs.annotate(renamed.id(), CREATED_BY, "somebody else");
        runs.annotate(renamed.id(), NAME, "Name of today");
        runs.annotate(renamed.id(), "team", "search");
        runs.annotate(halfway.id(), NAME, halfway.name());

        Outcome outcome = liquibase().update(BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        List<Run> withoutRenamed = new ArrayList<>(old);
        withoutRenamed.add(halfway);
        var expected = inParity(withoutRenamed);
        expected.put(renamed.id() + "/" + CREATED_BY, "somebody else");
        expected.put(renamed.id() + "/" + NAME, "Name of today");
        expected.put(renamed.id() + "/team", "search");
        assertThat(runs.annotations()).isEqualTo(expected);
        assertThat(runs.recorded()).isEqualTo(BACKFILL_CHANGESETS);
    }

    @Test
    void the_summary_names_runs_what_was_there_what_was_inserted_and_parity() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"), Run.bare("b"), new Run("c", null, null, null));
        runs.annotate("a", CREATED_BY, "alice");

        Outcome outcome = liquibase().update(BACKFILLS);

        assertThat(outcome.said().lines().filter(line -> line.startsWith("Backfill")))
                .map(line -> line.replaceAll("\\d+(\\.\\d)? (ms|s)\\b", "<time>"))
                .containsExactly(
                        "Backfill pipeline_run.created_by: 2 of 3 rows of pipeline_run lack their row in "
                                + "pipeline_run_annotation",
                        "Backfill pipeline_run.created_by: complete in <time>. Of 3 rows of pipeline_run, 1 had "
                                + "system/pipeline_run.created_by already, 2 were inserted, 0 are missing: parity.",
                        "Backfill pipeline_run.name/extra_data: 3 of 3 rows of pipeline_run lack their row in "
                                + "pipeline_run_annotation; those that have a value here get it",
                        "Backfill pipeline_run.name/extra_data: complete in <time>. Of 3 rows of pipeline_run, 0 had "
                                + "system/pipeline_run.name already, 2 were inserted, 1 have no value here.",
                        "Backfill pipeline_run.name/component_spec: 1 of 3 rows of pipeline_run lack their row in "
                                + "pipeline_run_annotation",
                        "Backfill pipeline_run.name/component_spec: complete in <time>. Of 3 rows of pipeline_run, 2 had "
                                + "system/pipeline_run.name already, 1 were inserted, 0 are missing: parity.");
    }

    @Test
    void a_second_update_inserts_nothing_and_leaves_the_changelog_table_row_for_row_as_it_was() throws Exception {
        List<Run> some = Run.some(20);
        liquibase().update(MASTER);
        runs.add(some);
        liquibase().update(MASTER);
        var annotations = runs.annotations();
        var changelog = runs.changelog();

        Outcome second = liquibase().update(MASTER);

        assertThat(second.failure()).isEmpty();
        assertThat(second.said()).doesNotContain("Backfill");
        assertThat(second.logged())
                .contains("every run has system/pipeline_run.created_by")
                .contains("every run has system/pipeline_run.name");
        assertThat(runs.annotations()).isEqualTo(annotations).isEqualTo(inParity(some));
        assertThat(runs.changelog()).isEqualTo(changelog);
    }

    @Test
    void a_row_that_was_lost_later_is_found_and_filled_by_the_next_update() throws Exception {
        List<Run> some = Run.some(50);
        runs.createTables();
        runs.add(some);
        liquibase().update(BACKFILLS);
        runs.removeAnnotation(some.get(17).id(), CREATED_BY);
        runs.removeAnnotation(some.get(18).id(), NAME);
        runs.removeAnnotation(some.get(30).id(), NAME);

        Outcome outcome = liquibase().update(BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void on_an_empty_database_nothing_is_backfilled_and_runs_added_afterwards_still_are() throws Exception {
        Outcome first = liquibase().update(MASTER);

        assertThat(first.failure()).isEmpty();
        assertThat(first.said()).doesNotContain("Backfill");
        assertThat(runs.annotations()).isEmpty();
        assertThat(runs.recorded())
                .containsExactly("execution_node", "pipeline_run", "pipeline_run_annotation")
                .doesNotContainAnyElementsOf(BACKFILL_CHANGESETS);

        List<Run> some = Run.some(10);
        runs.add(some);
        Outcome second = liquibase().update(MASTER);

        assertThat(second.failure()).isEmpty();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void tables_that_the_service_owns_are_left_exactly_as_they_are() throws Exception {
        runs.createTables();
        var execution = TableShape.of(connection, "execution_node");
        var run = TableShape.of(connection, "pipeline_run");
        var annotation = TableShape.of(connection, "pipeline_run_annotation");

        Outcome outcome = liquibase().update(MASTER);

        assertThat(outcome.failure()).isEmpty();
        assertThat(TableShape.of(connection, "execution_node")).isEqualTo(execution);
        assertThat(TableShape.of(connection, "pipeline_run")).isEqualTo(run);
        assertThat(run.indexes()).anyMatch(index -> index.contains("ix_of_the_service"));
        assertThat(TableShape.of(connection, "pipeline_run_annotation")).isEqualTo(annotation);
    }

    @Test
    void where_the_service_owns_some_tables_only_the_missing_ones_are_created() throws Exception {
        runs.createTables();
        runs.execute("DROP TABLE pipeline_run_annotation");
        var run = TableShape.of(connection, "pipeline_run");
        List<Run> some = Run.some(5);
        runs.add(some);

        Outcome outcome = liquibase().update(MASTER);

        assertThat(outcome.failure()).isEmpty();
        assertThat(TableShape.of(connection, "pipeline_run")).isEqualTo(run);
        assertThat(TableShape.of(connection, "pipeline_run_annotation").indexes())
                .anyMatch(index -> index.contains("ix_pipeline_run_annotation_pipeline_run_id_key_value"));
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void mode_skip_inserts_nothing_and_records_nothing_so_that_a_later_update_does_it() throws Exception {
        List<Run> some = Run.some(5);
        runs.createTables();
        runs.add(some);

        Outcome skipped = liquibase().with("liquibase.backfill.mode", "skip").update(BACKFILLS);

        assertThat(skipped.failure()).isEmpty();
        assertThat(skipped.said())
                .contains("Backfill of changeset pipeline-run-created-by skipped: liquibase.backfill.mode is skip.");
        assertThat(runs.annotations()).isEmpty();
        assertThat(runs.recorded()).isEmpty();

        liquibase().update(BACKFILLS);

        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void mode_force_looks_although_the_guard_finds_parity_and_inserts_nothing_twice() throws Exception {
        List<Run> some = Run.some(5);
        runs.createTables();
        runs.add(some);
        liquibase().update(BACKFILLS);

        Outcome forced = liquibase().with("liquibase.backfill.mode", "force").update(BACKFILLS);

        assertThat(forced.failure()).isEmpty();
        assertThat(forced.said()).contains("Backfill pipeline_run.created_by: already complete");
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void the_connection_is_given_back_with_the_isolation_and_autocommit_that_it_had() throws Exception {
        runs.createTables();
        runs.add(Run.some(5));
        try (Connection services = database.dataSource().getConnection()) {
            int isolation = Connection.TRANSACTION_READ_COMMITTED;
            if (product == TestDatabase.SQLITE) {
                isolation = Connection.TRANSACTION_SERIALIZABLE; // read uncommitted is all that it knows besides
            }
            services.setTransactionIsolation(isolation);
            Database liquibasesView = EmbeddedLiquibase.database(services);

            Outcome outcome = liquibase().update(BACKFILLS, services);

            assertThat(outcome.failure()).isEmpty();
            assertThat(services.getTransactionIsolation()).isEqualTo(isolation);
            // Liquibase itself switches autocommit off for as long as it has the connection.
            assertThat(services.getAutoCommit()).isEqualTo(liquibasesView.getAutoCommitMode());
        }
    }

    @Test
    void the_mode_can_also_be_asked_for_by_a_whole_changelog() throws Exception {
        Outcome skipped = liquibase().with("liquibase.backfill.mode", "skip").update("changelogs/mode-of-all.yaml");

        assertThat(skipped.said()).contains("Backfills skipped: liquibase.backfill.mode is skip.");
        assertThat(skipped.failure()).contains("backfills are switched off");
        assertThat(liquibase().update("changelogs/mode-of-all.yaml").failure()).isEmpty();
    }
}
