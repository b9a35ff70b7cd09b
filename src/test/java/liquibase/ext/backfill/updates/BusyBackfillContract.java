package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.startup.BackfillReport;
import liquibase.ext.backfill.startup.BackgroundBackfills;
import liquibase.ext.backfill.startup.ServiceStartup;
import liquibase.ext.backfill.startup.StartupReport;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An update, or a service that starts, meets a backfill at which somebody else is at work. Not on SQLite: Liquibase reads and
 * then writes its own tables in one transaction there, which fails beside any other writer.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class BusyBackfillContract extends UpdateContract {
    BusyBackfillContract(TestDatabase product) {
        super(product);
    }

    private List<Run> oldRuns() throws Exception {
        List<Run> all = Run.some(600);
        runs.createTables();
        runs.add(all);
        return all;
    }

    @Test
    void an_update_leaves_a_backfill_to_the_runner_that_is_alive_at_it_and_warns_of_it() throws Exception {
        List<Run> all = oldRuns();
        try (SlowRunner other = SlowRunner.on(database)) {
            EmbeddedLiquibase.Outcome update = liquibase().update(BACKFILLS);

            assertThat(update.failure()).isEmpty();
            assertThat(other.isAtWork()).isTrue();
            assertThat(runs.read("SELECT LOCKED FROM DATABASECHANGELOGLOCK")
                            .get(0)
                            .get(0))
                    .isIn("0", "f", "false");
            assertThat(update.logged())
                    .containsPattern(
                            "WARNING Backfill pipeline_run.created_by is not complete: this update left it to another "
                                    + "runner, because .+:\\d+:.+ is at work at it, at key .+ looked at and .+ inserted so far. The "
                                    + "next update looks at it again.");
            assertThat(update.said()).contains("Backfill pipeline_run.name/component_spec: complete");
            assertThat(other.stop().outcome()).isEqualTo(BackfillResult.Outcome.STOPPED);
        }

        assertThat(liquibase().update(BACKFILLS).failure()).isEmpty();
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    @Test
    void a_service_that_starts_leaves_it_and_what_comes_after_it() throws Exception {
        oldRuns();
        try (SlowRunner other = SlowRunner.on(database)) {
            StartupReport report =
                    ServiceStartup.of(database.dataSource(), BACKFILLS).run();

            assertThat(other.isAtWork()).isTrue();
            assertThat(report.failed()).isFalse();
            assertThat(report.backfills()).singleElement().satisfies(backfill -> assertThat(backfill)
                    .returns(BackfillReport.Outcome.SKIPPED, BackfillReport::outcome)
                    .satisfies(skipped -> assertThat(skipped.reason().orElseThrow())
                            .matches("left to another runner: .+:\\d+:.+ is at work at it, at key .+")));
            assertThat(report.withoutTurn())
                    .containsExactly("pipeline_run.name/extra_data", "pipeline_run.name/component_spec");
        }
    }

    @Test
    void a_service_in_the_background_waits_for_it_and_takes_over_what_it_leaves() throws Exception {
        List<Run> all = oldRuns();
        var waiting = new CountDownLatch(1);
        var listener = new BackfillListener() {
            @Override
            public void waiting(String backfill, String reason, java.time.Duration duration) {
                waiting.countDown();
            }
        };
        try (SlowRunner other = SlowRunner.on(database);
                BackgroundBackfills background = ServiceStartup.of(database.dataSource(), BACKFILLS)
                        .listener(listener)
                        .runInBackground()) {
            assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(background.report()).isNotDone();
            long done = other.stop().counts().inserted();

            StartupReport report = background.report().get(1, TimeUnit.MINUTES);

            assertThat(report.backfills().get(0).inserted()).isEqualTo(600 - done);
        }
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }
}
