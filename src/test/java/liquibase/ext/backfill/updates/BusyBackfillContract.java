package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.CheckpointTable;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An update meets a backfill at which somebody else is at work. Not on SQLite: Liquibase reads and then writes its own
 * tables in one transaction there, which fails beside any other writer.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class BusyBackfillContract extends UpdateContract {
    BusyBackfillContract(TestDatabase product) {
        super(product);
    }

    @Test
    void an_update_leaves_a_backfill_to_the_runner_that_is_alive_at_it_and_warns_of_it() throws Exception {
        List<Run> all = Run.some(600);
        runs.createTables();
        runs.add(all);
        var ended = new AtomicReference<BackfillResult>();
        var atWork = new CountDownLatch(1);
        var runner = new Thread(() -> ended.set(workSlowly(atWork)), "slow runner");
        runner.start();
        assertThat(atWork.await(30, TimeUnit.SECONDS)).isTrue();

        EmbeddedLiquibase.Outcome update = liquibase().update(BACKFILLS);
        boolean stillAtWork = runner.isAlive();
        assertThat(update.failure()).isEmpty();
        String locked =
                runs.read("SELECT LOCKED FROM DATABASECHANGELOGLOCK").get(0).get(0);
        runner.interrupt();
        runner.join();
        EmbeddedLiquibase.Outcome next = liquibase().update(BACKFILLS);

        assertThat(stillAtWork).isTrue();
        assertThat(locked).isIn("0", "f", "false");
        assertThat(update.logged())
                .containsPattern(
                        "WARNING Backfill pipeline_run.created_by is not complete: this update left it to another "
                                + "runner, because .+:\\d+:.+ is at work at it, at key .+ looked at and .+ inserted so far. The next update "
                                + "looks at it again.");
        assertThat(update.said()).contains("Backfill pipeline_run.name/component_spec: complete");
        assertThat(ended.get().outcome()).isEqualTo(BackfillResult.Outcome.STOPPED);
        assertThat(next.failure()).isEmpty();
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    private BackfillResult workSlowly(CountDownLatch atWork) {
        var listener = new BackfillListener() {
            @Override
            public void advanced(Progress progress) {
                atWork.countDown();
            }
        };
        var slowly = BackfillOptions.builder()
                .chunkRows(1)
                .pause(Duration.ofMillis(100))
                .build();
        try (Connection own = database.connect()) {
            return new BackfillEngine(own, Schema.DEFAULT, CheckpointTable.DEFAULT, slowly, listener, Time.system())
                    .run(SystemAnnotations.createdBy());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
