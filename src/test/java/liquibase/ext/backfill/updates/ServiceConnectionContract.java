package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.SessionState;
import liquibase.ext.backfill.startup.BackfillReport;
import liquibase.ext.backfill.startup.BackfillReport.Outcome;
import liquibase.ext.backfill.startup.BackgroundBackfills;
import liquibase.ext.backfill.startup.ServiceStartup;
import liquibase.ext.backfill.startup.StartupReport;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a start does with the connections of a service, and without them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ServiceConnectionContract extends StartupContract {
    static final int RUNS = 20;

    ServiceConnectionContract(TestDatabase product) {
        super(product);
    }

    /** In small chunks, and with a lease that a lost connection keeps nobody waiting for. */
    ServiceStartup startup(BrittleDataSource brittle) {
        return ServiceStartup.of(brittle.dataSource(), BACKFILLS)
                .setting("liquibase.backfill.chunkSize", "5")
                .setting("liquibase.backfill.lease", "1s");
    }

    /** After the first chunk. */
    static BackfillListener losing(BrittleDataSource brittle) {
        var first = new AtomicBoolean(true);
        return new BackfillListener() {
            @Override
            public void advanced(Progress progress) {
                if (first.getAndSet(false)) {
                    brittle.loseLast();
                }
            }
        };
    }

    @Test
    void a_connection_that_is_lost_costs_no_other_backfill() throws Exception {
        List<Run> all = oldRuns(RUNS);
        var brittle = new BrittleDataSource(database);

        StartupReport report =
                start(() -> startup(brittle).listener(losing(brittle)).run());
        StartupReport next = start(() -> startup(brittle).run());

        assertThat(report.backfills())
                .extracting(BackfillReport::name, BackfillReport::outcome, BackfillReport::inserted)
                .containsExactly(
                        tuple(CREATOR, Outcome.FAILED, 5L),
                        tuple(NAME_PARTIAL, Outcome.SUCCESS, RUNS / 2L),
                        tuple(NAME_TOTAL, Outcome.SUCCESS, RUNS / 2L));
        assertThat(report.backfills().get(0).error()).hasValueSatisfying(error -> assertThat(error)
                .containsPattern("Kept: (at least )?the 5 rows that this run inserted in 1 chunks")
                .endsWith("it goes on from there."));
        assertThat(log.lines()).doesNotContain("tried again");
        assertThat(next.backfills().get(0))
                .returns(Outcome.SUCCESS, BackfillReport::outcome)
                .returns(RUNS - 5L, BackfillReport::inserted);
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    @Test
    void in_the_background_a_connection_that_is_lost_is_replaced_and_the_backfill_goes_on() throws Exception {
        List<Run> all = oldRuns(RUNS);
        var brittle = new BrittleDataSource(database);
        List<String> reasons = new ArrayList<>();
        BackfillListener losing = losing(brittle);
        var listener = new BackfillListener() {
            @Override
            public void advanced(Progress progress) {
                losing.advanced(progress);
            }

            @Override
            public void waiting(String backfill, String reason, Duration duration) {
                reasons.add(backfill + ": " + reason);
            }
        };

        StartupReport report;
        try (BackgroundBackfills background =
                start(() -> startup(brittle).listener(listener).runInBackground())) {
            report = background.report().get(1, TimeUnit.MINUTES);
        }

        assertThat(report.backfills())
                .extracting(BackfillReport::name, BackfillReport::outcome, BackfillReport::inserted)
                .containsExactly(
                        tuple(CREATOR, Outcome.SUCCESS, (long) RUNS),
                        tuple(NAME_PARTIAL, Outcome.SUCCESS, RUNS / 2L),
                        tuple(NAME_TOTAL, Outcome.SUCCESS, RUNS / 2L));
        assertThat(log.lines())
                .containsPattern("(?s)WARNING backfill pipeline_run.created_by failed on .* "
                        + "It is tried again on another connection in 1 s\\.")
                .doesNotContain("SEVERE");
        assertThat(reasons).contains(CREATOR + ": there is no connection");
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    @Test
    void in_the_background_a_start_waits_for_a_connection() throws Exception {
        List<Run> all = oldRuns(RUNS);
        var brittle = new BrittleDataSource(database);
        brittle.refuseInBackground(2);

        StartupReport report;
        try (BackgroundBackfills background = start(() -> startup(brittle).runInBackground())) {
            report = background.report().get(1, TimeUnit.MINUTES);
        }

        assertThat(report.backfills()).extracting(BackfillReport::outcome).containsOnly(Outcome.SUCCESS);
        assertThat(log.lines())
                .contains("WARNING There is no connection to the database: " + BrittleDataSource.REFUSAL
                        + ". It is tried again on another connection in 1 s.")
                .contains("It is tried again on another connection in 2 s.");
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    @Test
    void who_waits_for_a_connection_gives_up_in_time() throws Exception {
        oldRuns(1);
        var brittle = new BrittleDataSource(database);
        brittle.refuseInBackground(100);

        StartupReport report;
        // The first wait of 1 s fits in, the second of 2 s does not.
        try (BackgroundBackfills background =
                start(() -> startup(brittle).timeBox(Duration.ofMillis(2900)).runInBackground())) {
            report = background.report().get(1, TimeUnit.MINUTES);
        }

        assertThat(report.failed()).isTrue();
        assertThat(report.backfills().get(0).error())
                .hasValue("There is no connection to the database: " + BrittleDataSource.REFUSAL + ".");
        assertThat(report.backfills().get(0).took()).isGreaterThan(Duration.ofSeconds(1));
        assertThat(log.lines())
                .contains("SEVERE There is no connection to the database: " + BrittleDataSource.REFUSAL
                        + ". The service starts without it; the next start tries again.");
    }

    @Test
    void a_start_that_is_closed_while_it_waits_for_a_connection_has_not_failed() throws Exception {
        oldRuns(1);
        var brittle = new BrittleDataSource(database);
        brittle.beSilentInBackground();

        BackgroundBackfills background =
                start(() -> startup(brittle).failOnBackfillFailure(true).runInBackground());
        brittle.awaitSomebodyInBackground();
        background.close();
        StartupReport report = background.report().get(1, TimeUnit.MINUTES);

        assertThat(report.failed()).isFalse();
        assertThat(report.backfills()).singleElement().satisfies(backfill -> assertThat(backfill)
                .returns(Outcome.STOPPED, BackfillReport::outcome)
                .returns(
                        "it was told to end, after this: There is no connection to the database: interrupted while it "
                                + "waited for a connection",
                        stopped -> stopped.reason().orElseThrow()));
        assertThat(report.withoutTurn()).containsExactly(NAME_PARTIAL, NAME_TOTAL);
        assertThat(log.lines()).doesNotContain("SEVERE", "tried again");
    }

    @Test
    void a_pool_that_forgets_the_interruption_keeps_no_start_from_being_closed() throws Exception {
        oldRuns(1);
        var brittle = new BrittleDataSource(database);
        brittle.beSilentAndForgetfulInBackground();

        BackgroundBackfills background = start(() -> startup(brittle).runInBackground());
        brittle.awaitSomebodyInBackground();
        background.close();
        StartupReport report = background.report().get(1, TimeUnit.MINUTES);

        assertThat(report.failed()).isFalse();
        assertThat(report.backfills()).singleElement().returns(Outcome.STOPPED, BackfillReport::outcome);
    }

    @Test
    void a_start_that_is_closed_at_once_has_not_failed_and_names_every_backfill() throws Exception {
        oldRuns(5);

        BackgroundBackfills background = start(() -> startup(BACKFILLS).runInBackground());
        background.close();
        StartupReport report = background.report().get(1, TimeUnit.MINUTES);

        assertThat(report.failed()).isFalse();
        assertThat(Stream.concat(report.backfills().stream().map(BackfillReport::name), report.withoutTurn().stream()))
                .containsExactly(CREATOR, NAME_PARTIAL, NAME_TOTAL);
        assertThat(log.lines()).doesNotContain("SEVERE");
    }

    @Test
    void a_connection_that_cannot_be_given_back_is_no_more_than_a_warning() throws Exception {
        List<Run> all = oldRuns(RUNS);
        var brittle = new BrittleDataSource(database);
        brittle.letClosingFail();

        StartupReport report = start(() -> startup(brittle).run());

        assertThat(report.backfills()).extracting(BackfillReport::outcome).containsOnly(Outcome.SUCCESS);
        assertThat(log.lines())
                .containsPattern("WARNING A connection could not be given back as it came: .*the pool is gone");
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    HikariDataSource poolOfOne() {
        var config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(5_000);
        return new HikariDataSource(config);
    }

    @Test
    void one_connection_is_enough_and_goes_back_to_its_pool_as_it_came() throws Exception {
        List<Run> all = oldRuns(RUNS);
        try (HikariDataSource pool = poolOfOne()) {
            String before = state(pool);

            StartupReport inline =
                    start(() -> ServiceStartup.of(pool, BACKFILLS).run());
            String after = state(pool);
            StartupReport inBackground;
            try (BackgroundBackfills background =
                    start(() -> ServiceStartup.of(pool, BACKFILLS).runInBackground())) {
                inBackground = background.report().get(1, TimeUnit.MINUTES);
            }

            assertThat(inline.backfills()).extracting(BackfillReport::outcome).containsOnly(Outcome.SUCCESS);
            assertThat(inBackground.backfills())
                    .extracting(BackfillReport::outcome)
                    .containsOnly(Outcome.SKIPPED);
            assertThat(after).isEqualTo(before);
            assertThat(state(pool)).isEqualTo(before);
        }
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    String state(HikariDataSource pool) throws Exception {
        try (Connection connection = pool.getConnection()) {
            return new SessionState(product).of(connection);
        }
    }
}
