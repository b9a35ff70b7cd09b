package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.PipelineRuns.CREATED_BY;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** Several backfills in one transaction: all of them, or nothing. */
abstract class AllOrNothingContract extends UpdateContract {
    private static final String ALL_ANNOTATIONS = "changelogs/all-or-nothing.yaml";

    AllOrNothingContract(TestDatabase product) {
        super(product);
    }

    @Test
    void every_run_gets_every_annotation() throws Exception {
        List<Run> some = Run.some(50);
        runs.createTables();
        runs.add(some);

        assertThat(liquibase().update(ALL_ANNOTATIONS).failure()).isEmpty();

        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void a_failure_of_a_later_step_undoes_the_earlier_ones() throws Exception {
        runs.createTables();
        runs.add(Run.some(5));
        refuseNames();

        var outcome = liquibase().update(ALL_ANNOTATIONS);

        assertThat(outcome.failure())
                .contains("the backfills pipeline_run.created_by, pipeline_run.name/extra_data, "
                        + "pipeline_run.name/component_spec in one transaction failed on")
                .contains("Nothing of it was kept. Mend the cause and run it again.");
        assertThat(runs.annotations()).isEmpty();
    }

    @Test
    void a_step_that_is_in_parity_is_skipped() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));
        runs.annotate("a", CREATED_BY, "somebody else");

        List<BackfillResult> results = BackfillEngine.on(connection).runAllOrNothing(SystemAnnotations.all());

        assertThat(results)
                .extracting(BackfillResult::outcome)
                .containsExactly(Outcome.ALREADY_COMPLETE, Outcome.COMPLETED, Outcome.ALREADY_COMPLETE);
        assertThat(results).extracting(result -> result.counts().inserted()).containsExactly(0L, 1L, 0L);
    }

    @Test
    void the_connection_is_afterwards_as_it_was() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));
        int isolation = connection.getTransactionIsolation();

        BackfillEngine.on(connection).runAllOrNothing(SystemAnnotations.all());

        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
    }

    @Test
    void in_a_callers_transaction_the_caller_decides() throws Exception {
        List<Run> some = Run.some(5);
        runs.createTables();
        runs.add(some);
        var engine = BackfillEngine.on(connection);
        connection.setAutoCommit(false);

        engine.runInCallersTransaction(SystemAnnotations.all());
        assertThat(runs.annotations()).isEqualTo(inParity(some));
        connection.rollback();
        assertThat(runs.annotations()).isEmpty();

        engine.runInCallersTransaction(SystemAnnotations.all());
        connection.commit();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
        connection.setAutoCommit(true);
    }

    @Test
    void a_failure_in_a_callers_transaction_is_the_callers_to_roll_back() throws Exception {
        runs.createTables();
        runs.add(Run.some(5));
        refuseNames();
        var engine = BackfillEngine.on(connection);
        connection.setAutoCommit(false);

        assertThatThrownBy(() -> engine.runInCallersTransaction(SystemAnnotations.all()))
                .isInstanceOf(BackfillException.class)
                .hasMessageEndingWith("Its transaction is the caller's to roll back.");

        assertThat(connection.getAutoCommit()).isFalse();
        connection.rollback();
        assertThat(runs.annotations()).isEmpty();
        connection.setAutoCommit(true);
    }

    /** No annotation may hold a name: a unique value that all runs without one would share. */
    private void refuseNames() throws Exception {
        runs.add(new Run("nameless 1", "creator 1", null, null), new Run("nameless 2", "creator 2", null, null));
        runs.execute("CREATE UNIQUE INDEX no_value_twice ON pipeline_run_annotation (value)");
        runs.execute("UPDATE pipeline_run SET created_by = id");
    }
}
