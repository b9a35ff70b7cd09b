package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.EmbeddedLiquibase.MASTER;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import liquibase.exception.LiquibaseException;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.Parity;
import liquibase.ext.backfill.startup.BackfillReport;
import liquibase.ext.backfill.startup.BackfillReport.Outcome;
import liquibase.ext.backfill.startup.BackfillsFailedException;
import liquibase.ext.backfill.startup.BackgroundBackfills;
import liquibase.ext.backfill.startup.ServiceStartup;
import liquibase.ext.backfill.startup.StartupReport;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.CompositeResourceAccessor;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that starts, by its {@code DataSource}. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ServiceStartupContract extends StartupContract {
    ServiceStartupContract(TestDatabase product) {
        super(product);
    }

    @Test
    void a_first_start_makes_the_tables_and_finds_nothing_missing() throws Exception {
        StartupReport report = start(() -> startup(MASTER).run());

        assertThat(runs.hasTable("pipeline_run")).isTrue();
        assertThat(report.backfills())
                .extracting(BackfillReport::name, BackfillReport::outcome, backfill -> backfill.reason()
                        .orElse(""))
                .containsExactly(
                        tuple(CREATOR, Outcome.SKIPPED, "nothing is missing"),
                        tuple(NAME_PARTIAL, Outcome.SKIPPED, "nothing is missing"),
                        tuple(NAME_TOTAL, Outcome.SKIPPED, "nothing is missing"));
        assertThat(report.failed()).isFalse();
    }

    @Test
    void a_start_reaches_parity_and_the_next_one_finds_it() throws Exception {
        List<Run> all = oldRuns(60);
        runs.execute("UPDATE pipeline_run SET created_by = '%s' WHERE id = '%s'"
                .formatted("c".repeat(255), all.get(1).id()));

        StartupReport first = start(() -> startup(BACKFILLS).run());
        StartupReport second = start(() -> startup(BACKFILLS).run());

        assertThat(first.backfills())
                .extracting(BackfillReport::name, BackfillReport::outcome, BackfillReport::inserted)
                .containsExactly(
                        tuple(CREATOR, Outcome.SUCCESS, 60L),
                        tuple(NAME_PARTIAL, Outcome.SUCCESS, 30L),
                        tuple(NAME_TOTAL, Outcome.SUCCESS, 30L));
        assertThat(first.withoutTurn()).isEmpty();
        assertThat(first.backfills()).extracting(BackfillReport::truncated).containsOnly(0L);
        assertThat(runs.annotations()).hasSize(120);
        assertThat(second.backfills()).extracting(BackfillReport::outcome).containsOnly(Outcome.SKIPPED);
        assertThat(runs.recorded())
                .as("a changeset that an update has left out is not recorded")
                .isEmpty();
        assertThat(log.lines())
                .contains(
                        "INFO Backfill of changeset pipeline-run-created-by skipped: it runs after the schema changes, "
                                + "without the changelog lock.")
                .containsPattern(
                        "INFO Backfills of this start, after [0-9.]+ m?s: pipeline_run.created_by SUCCESS, 60 inserted; ")
                .doesNotContain("liquibase.backfill.mode is skip");
    }

    @Test
    void values_that_were_cut_are_in_the_report() throws Exception {
        runs.createTables();
        runs.add(new Run("a", "alice", "n".repeat(256), null), Run.bare("b"));

        StartupReport report = start(() -> startup(BACKFILLS).run());

        assertThat(report.backfills()).extracting(BackfillReport::truncated).containsExactly(0L, 1L, 0L);
        assertThat(report.summary()).contains(NAME_PARTIAL + " SUCCESS, 2 inserted, 1 values cut");
    }

    @Test
    void a_backfill_that_fails_is_logged_and_reported_and_neither_the_next_one_nor_the_service_fails_of_it()
            throws Exception {
        oldRuns(9);
        runs.execute("ALTER TABLE pipeline_run RENAME COLUMN created_by TO creator");

        StartupReport report = start(() -> startup(BACKFILLS).run());

        assertThat(report.failed()).isTrue();
        assertThat(report.backfills())
                .extracting(BackfillReport::outcome)
                .containsExactly(Outcome.FAILED, Outcome.SUCCESS, Outcome.SUCCESS);
        assertThat(report.backfills().get(0).error()).hasValueSatisfying(error -> assertThat(error)
                .contains("column created_by of table pipeline_run is missing", "Nothing was changed"));
        assertThat(log.lines())
                .containsPattern(
                        "SEVERE backfill pipeline_run.created_by .* is missing.* The service starts without it")
                .containsPattern("WARNING Backfills of this start, .* pipeline_run.created_by FAILED, 0 inserted;");
    }

    @Test
    void a_backfill_that_fails_fails_a_start_that_asks_for_it_when_all_had_their_turn() throws Exception {
        oldRuns(9);
        runs.execute("ALTER TABLE pipeline_run RENAME COLUMN created_by TO creator");

        assertThatThrownBy(() -> start(
                        () -> startup(BACKFILLS).failOnBackfillFailure(true).run()))
                .isInstanceOfSatisfying(BackfillsFailedException.class, e -> assertThat(
                                e.report().backfills())
                        .extracting(BackfillReport::outcome)
                        .containsExactly(Outcome.FAILED, Outcome.SUCCESS, Outcome.SUCCESS))
                .hasMessageContaining("column created_by of table pipeline_run is missing");
        assertThatThrownBy(() -> in(Map.of("liquibase.backfill.onFailure", "fail"), () -> startup(BACKFILLS)
                        .run()))
                .as("said outside")
                .isInstanceOf(BackfillsFailedException.class);
        assertThat(in(Map.of("liquibase.backfill.onFailure", "fail"), () -> startup(BACKFILLS)
                                .failOnBackfillFailure(false)
                                .run())
                        .failed())
                .as("what the start says beats what is said outside")
                .isTrue();
    }

    @Test
    void a_failing_run_keeps_its_numbers_in_the_report() throws Exception {
        oldRuns(20);
        var breaking = new BackfillListener() {
            @Override
            public void advanced(Progress progress) {
                try {
                    runs.execute("ALTER TABLE pipeline_run RENAME COLUMN created_by TO creator");
                } catch (java.sql.SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        };

        StartupReport report = start(() -> startup(BACKFILLS)
                .setting("liquibase.backfill.chunkSize", "5")
                .listener(breaking)
                .run());

        assertThat(report.backfills().get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.backfills().get(0).inserted()).isEqualTo(5);
        assertThat(report.backfills().get(0).error()).hasValueSatisfying(error -> assertThat(error)
                .contains("Kept: the 5 rows that this run inserted in 1 chunks", "it goes on from there"));
        assertThat(log.lines())
                .containsPattern(
                        "(?s)SEVERE backfill pipeline_run.created_by failed on .* Kept: the 5 rows that this run "
                                + "inserted in 1 chunks; .* Mend the cause and run the update again: it goes on from there\\. The "
                                + "service starts without it; the next start tries again\\.");
    }

    @Test
    void a_schema_change_that_fails_is_thrown_and_no_backfill_runs() throws Exception {
        oldRuns(3);

        assertThatThrownBy(() -> start(() -> startup("no/such/changelog.yaml").run()))
                .isInstanceOf(LiquibaseException.class)
                .isNotInstanceOf(BackfillsFailedException.class)
                .hasMessageContaining("no/such/changelog.yaml");
        assertThat(runs.annotations()).isEmpty();
    }

    @Test
    void a_start_whose_time_box_ends_stops_and_what_had_no_turn_is_absent() throws Exception {
        List<Run> all = oldRuns(5);

        StartupReport stopped = start(() -> startup(BACKFILLS)
                .setting("liquibase.backfill.chunkSize", "1")
                .setting("liquibase.backfill.pause", "2s")
                .timeBox(Duration.ofSeconds(1))
                .run());
        StartupReport next = start(() -> startup(BACKFILLS).run());

        assertThat(stopped.backfills())
                .extracting(BackfillReport::name, BackfillReport::outcome, BackfillReport::reason)
                .containsExactly(tuple(CREATOR, Outcome.STOPPED, java.util.Optional.of("its time box is used up")));
        assertThat(stopped.withoutTurn()).containsExactly(NAME_PARTIAL, NAME_TOTAL);
        assertThat(next.failed()).isFalse();
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    @Test
    void a_time_box_from_outside_counts_and_that_of_the_start_beats_it() throws Exception {
        List<Run> all = oldRuns(3);
        Map<String, Object> outside = Map.of("liquibase.backfill.timeBox", "1s");
        UnaryOperator<ServiceStartup> slowly = startup ->
                startup.setting("liquibase.backfill.chunkSize", "2").setting("liquibase.backfill.pause", "2s");

        StartupReport inline =
                in(outside, () -> slowly.apply(startup(BACKFILLS)).run());
        StartupReport inBackground;
        try (BackgroundBackfills background =
                in(outside, () -> slowly.apply(startup(BACKFILLS)).runInBackground())) {
            inBackground = background.report().get(1, TimeUnit.MINUTES);
        }
        StartupReport longer = in(outside, () -> slowly.apply(startup(BACKFILLS))
                .timeBox(Duration.ofMinutes(1))
                .run());

        assertThat(List.of(inline, inBackground)).allSatisfy(report -> {
            assertThat(report.backfills()).extracting(BackfillReport::outcome).endsWith(Outcome.STOPPED);
            assertThat(report.complete()).isFalse();
        });
        assertThat(longer.complete()).isTrue();
        assertThat(longer.took()).isGreaterThan(Duration.ofSeconds(1));
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    @Test
    void nobody_waits_for_the_changelog_lock_while_backfills_are_at_work() throws Exception {
        oldRuns(3);
        List<String> locked = new ArrayList<>();
        var listener = new BackfillListener() {
            @Override
            public void advanced(Progress progress) {
                try {
                    locked.add(runs.read("SELECT LOCKED FROM DATABASECHANGELOGLOCK")
                            .get(0)
                            .get(0));
                } catch (SQLException e) {
                    throw new AssertionError(e); // no RuntimeException: it would be taken for a listener's failure
                }
            }
        };

        start(() -> startup(BACKFILLS).listener(listener).run());
        int inline = locked.size();
        runs.execute("DELETE FROM pipeline_run_annotation");
        try (BackgroundBackfills background =
                start(() -> startup(BACKFILLS).listener(listener).runInBackground())) {
            background.report().get(1, TimeUnit.MINUTES);
        }

        assertThat(inline).isPositive();
        assertThat(locked).hasSizeGreaterThan(inline).allSatisfy(value -> assertThat(value)
                .isIn("0", "f", "false"));
    }

    @Test
    void a_start_that_stops_at_its_last_backfill_warns_of_it_too() throws Exception {
        oldRuns(3);

        StartupReport report = start(() -> byParameters()
                .setting("liquibase.backfill.chunkSize", "1")
                .setting("liquibase.backfill.pause", "2s")
                .timeBox(Duration.ofSeconds(1))
                .run());

        assertThat(report.withoutTurn()).isEmpty();
        assertThat(report.backfills()).extracting(BackfillReport::outcome).containsExactly(Outcome.STOPPED);
        assertThat(log.lines())
                .containsPattern("WARNING Backfills of this start, .* STOPPED \\(its time box is used up\\)");
    }

    @Test
    void mode_skip_from_outside_switches_backfills_off_whatever_the_start_says() throws Exception {
        oldRuns(3);

        StartupReport report = in(Map.of("liquibase.backfill.mode", "skip"), () -> startup(BACKFILLS)
                .setting("liquibase.backfill.mode", "force")
                .run());
        BackgroundBackfills background = in(Map.of("liquibase.backfill.mode", "skip"), () -> startup(BACKFILLS)
                .runInBackground());

        assertThat(report.backfills()).hasSize(3).allSatisfy(backfill -> assertThat(backfill)
                .returns(Outcome.SKIPPED, BackfillReport::outcome)
                .returns("liquibase.backfill.mode is skip", skipped -> skipped.reason()
                        .orElseThrow()));
        assertThat(background.report().get().backfills()).isEqualTo(report.backfills());
        assertThat(runs.annotations()).isEmpty();
    }

    @Test
    void a_start_that_sets_mode_skip_switches_them_off_too() throws Exception {
        StartupReport report = start(
                () -> startup(MASTER).setting("liquibase.backfill.mode", "skip").run());

        assertThat(report.backfills())
                .extracting(backfill -> backfill.reason().orElse(""))
                .hasSize(3)
                .containsOnly("liquibase.backfill.mode is skip");
    }

    @Test
    void a_wrong_setting_is_refused_before_anything_is_changed() throws Exception {
        ServiceStartup wrong = startup(MASTER).setting("liquibase.backfill.pause", "soon");

        assertThatThrownBy(() -> start(wrong::run)).hasMessageContaining("liquibase.backfill.pause is \"soon\": use");
        assertThatThrownBy(() -> start(wrong::runInBackground)).hasMessageContaining("\"soon\"");
        assertThat(runs.hasTable("pipeline_run")).isFalse();
        for (String unknown : List.of("backfill.pause", "liquibase.backfill.pauses", "liquibase.backfillPause")) {
            assertThatThrownBy(() -> startup(MASTER).setting(unknown, "1s"))
                    .hasMessageStartingWith(unknown + " is no setting: use one of liquibase.backfill.mode, ")
                    .hasMessageContaining("liquibase.backfill.targetChunkTime, ");
        }
        assertThatThrownBy(() -> startup(MASTER).setting("liquibase.changelogLockWaitTime", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("liquibase.changelogLockWaitTime is no setting of Liquibase ");
    }

    @Test
    void a_start_without_backfills_applies_the_schema_and_names_them() throws Exception {
        StartupReport report = start(() -> startup(MASTER).runWithoutBackfills());

        assertThat(runs.hasTable("pipeline_run_annotation")).isTrue();
        assertThat(report.backfills())
                .extracting(backfill -> backfill.reason().orElse(""))
                .containsExactly(
                        "this start leaves backfills out",
                        "this start leaves backfills out",
                        "this start leaves backfills out");
    }

    @Test
    void what_the_start_says_beats_what_is_set_outside() throws Exception {
        List<Run> all = oldRuns(4);

        StartupReport report = in(Map.of("liquibase.backfill.chunkSize", "none"), () -> startup(BACKFILLS)
                .setting("liquibase.backfill.chunkSize", "3")
                .run());

        assertThat(report.failed()).isFalse();
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    @Test
    void backfills_in_the_background_end_by_themselves_and_the_listener_hears_them() throws Exception {
        List<Run> all = oldRuns(30);
        List<String> heard = new ArrayList<>();
        var listener = new BackfillListener() {
            @Override
            public void started(String backfill) {
                heard.add(
                        "started " + backfill + " on " + Thread.currentThread().getName());
            }

            @Override
            public void ended(BackfillResult result) {
                heard.add("ended " + result.outcome());
                throw new IllegalStateException("a listener's own fault");
            }
        };

        StartupReport report;
        try (BackgroundBackfills background =
                start(() -> startup(BACKFILLS).listener(listener).runInBackground())) {
            report = background.report().get(1, TimeUnit.MINUTES);
        }

        assertThat(report.backfills()).extracting(BackfillReport::outcome).containsOnly(Outcome.SUCCESS);
        assertThat(heard).hasSize(6).startsWith("started " + CREATOR + " on liquibase-backfill", "ended COMPLETED");
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    @Test
    void backfills_in_the_background_stop_at_a_chunks_end_when_they_are_closed() throws Exception {
        List<Run> all = oldRuns(50);
        var atWork = new CountDownLatch(1);
        var listener = new BackfillListener() {
            @Override
            public void advanced(Progress progress) {
                atWork.countDown();
            }
        };

        BackgroundBackfills background = start(() -> startup(BACKFILLS)
                .setting("liquibase.backfill.chunkSize", "1")
                .setting("liquibase.backfill.pause", "10m")
                .listener(listener)
                .runInBackground());
        assertThat(atWork.await(1, TimeUnit.MINUTES)).isTrue();
        boolean doneBefore = background.report().isDone();
        background.close();
        StartupReport stopped = background.report().getNow(null);
        StartupReport next = start(() -> startup(BACKFILLS).run());

        assertThat(doneBefore).isFalse();
        assertThat(stopped.backfills()).singleElement().satisfies(backfill -> assertThat(backfill)
                .returns(Outcome.STOPPED, BackfillReport::outcome)
                .returns(1L, BackfillReport::inserted));
        assertThat(stopped.withoutTurn()).containsExactly(NAME_PARTIAL, NAME_TOTAL);
        assertThat(next.backfills().get(0).inserted()).isEqualTo(49);
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    /** As when counting took longer than the lease, and another runner came. */
    private BackfillListener losingItsClaim() {
        return new BackfillListener() {
            @Override
            public void compared(String backfill, Parity parity) {
                try {
                    runs.execute("UPDATE DATABASECHANGELOGBACKFILL SET OWNER = 'winner', VERSION = VERSION + 1"
                            + " WHERE NAME = '" + CREATOR + "'");
                } catch (SQLException e) {
                    throw new AssertionError(e); // no RuntimeException: it would be taken for a listener's failure
                }
            }
        };
    }

    @Test
    void a_start_that_loses_its_claim_begins_no_other_backfill_beside_the_winner() throws Exception {
        oldRuns(5);

        StartupReport inline =
                start(() -> startup(BACKFILLS).listener(losingItsClaim()).run());
        runs.execute("UPDATE DATABASECHANGELOGBACKFILL SET STATE = 'FAILED'");
        StartupReport inBackground;
        try (BackgroundBackfills background =
                start(() -> startup(BACKFILLS).listener(losingItsClaim()).runInBackground())) {
            inBackground = background.report().get(1, TimeUnit.MINUTES);
        }

        assertThat(List.of(inline, inBackground)).allSatisfy(report -> {
            assertThat(report.backfills()).singleElement().satisfies(backfill -> assertThat(backfill)
                    .returns(Outcome.STOPPED, BackfillReport::outcome)
                    .returns(0L, BackfillReport::inserted)
                    .satisfies(stopped -> assertThat(stopped.reason()).hasValueSatisfying(reason -> assertThat(reason)
                            .startsWith("another runner took backfill " + CREATOR))));
            assertThat(report.withoutTurn()).containsExactly(NAME_PARTIAL, NAME_TOTAL);
            assertThat(report.failed()).isFalse();
            assertThat(report.complete()).isFalse();
        });
        assertThat(log.lines())
                .as("as it should be among replicas")
                .contains("INFO Backfills of this start")
                .doesNotContain("WARNING Backfills of this start");
        assertThat(runs.annotations()).isEmpty();
    }

    @Test
    void a_schema_change_of_bad_sql_is_thrown_and_nothing_of_backfills_begins() throws Exception {
        oldRuns(3);
        List<String> heard = new ArrayList<>();
        var listener = new BackfillListener() {
            @Override
            public void started(String backfill) {
                heard.add(backfill);
            }
        };
        ServiceStartup bad = startup("services/bad-sql.yaml").listener(listener);

        assertThatThrownBy(() -> start(bad::run))
                .isInstanceOf(LiquibaseException.class)
                .isNotInstanceOf(BackfillsFailedException.class)
                .hasMessageContaining("services/bad-sql.yaml::bad::service");
        assertThatThrownBy(() -> start(bad::runInBackground))
                .isInstanceOf(LiquibaseException.class)
                .hasMessageContaining("services/bad-sql.yaml::bad::service");

        assertThat(heard).isEmpty();
        assertThat(log.lines()).doesNotContain("Backfills of this start");
        assertThat(runs.hasTable("DATABASECHANGELOGBACKFILL")).isFalse();
        assertThat(runs.annotations()).isEmpty();
    }

    private List<String> begunIn(Map<String, Object> settings, UnaryOperator<ServiceStartup> how) throws Exception {
        StartupReport report = in(settings, () -> how.apply(startup("services/contexts-and-labels.yaml"))
                .runWithoutBackfills());
        List<String> begun = new ArrayList<>(
                report.backfills().stream().map(BackfillReport::name).toList());
        for (String table : List.of("in_a", "in_b", "in_c", "in_d")) {
            if (runs.hasTable(table)) {
                begun.add(table);
                runs.execute("DROP TABLE " + table);
            }
        }
        runs.execute("DELETE FROM DATABASECHANGELOG");
        return begun;
    }

    /** On SQLite, by a mistake of Liquibase, with another message. */
    @Test
    void a_start_that_does_not_get_the_changelog_lock_is_told_so_and_begins_no_backfill() throws Exception {
        oldRuns(2);
        start(() -> startup(BACKFILLS).runWithoutBackfills());
        runs.execute("UPDATE DATABASECHANGELOGLOCK SET LOCKED = (1 = 1), LOCKEDBY = 'another replica', "
                + "LOCKGRANTED = CURRENT_TIMESTAMP");

        assertThatThrownBy(() -> start(() -> startup(BACKFILLS)
                        .setting("liquibase.changelogLockWaitTimeInMinutes", "0")
                        .setting("liquibase.changelogLockPollRate", "1")
                        .run()))
                .isInstanceOf(LiquibaseException.class)
                .hasMessageContaining(
                        product == TestDatabase.SQLITE
                                ? "java.lang.String cannot be cast to class java.util.Date"
                                : "Currently locked by another replica");
        assertThat(runs.annotations()).isEmpty();
    }

    @Test
    void contexts_and_labels_choose_schema_changes_and_backfills_alike_wherever_they_are_said() throws Exception {
        runs.createTables();

        assertThat(begunIn(Map.of(), startup -> startup.contexts("a"))).containsExactly(CREATOR, "in_a");
        assertThat(begunIn(Map.of("liquibase.command.contextFilter", "b"), startup -> startup))
                .containsExactly(NAME_PARTIAL, "in_b");
        assertThat(begunIn(Map.of("liquibase.command.update.contextFilter", "b"), startup -> startup))
                .containsExactly(NAME_PARTIAL, "in_b");
        assertThat(begunIn(Map.of("liquibase.command.contextFilter", "b"), startup -> startup.contexts("a")))
                .as("what the start says beats what is said outside")
                .containsExactly(CREATOR, "in_a");
        assertThat(begunIn(Map.of(), startup -> startup.contexts("c").labels("c")))
                .containsExactly(CREATOR, "in_c");
        assertThat(begunIn(Map.of("liquibase.command.labelFilter", "d"), startup -> startup.contexts("c")))
                .containsExactly(NAME_PARTIAL, "in_d");
    }

    private ServiceStartup byParameters() {
        return startup("services/parameters.yaml")
                .parameter("table", "by_parameter")
                .parameter("backfill", "CreatedByBackfill");
    }

    @Test
    void parameters_of_the_changelog_reach_schema_changes_and_backfills_alike() throws Exception {
        oldRuns(3);

        StartupReport report = start(() -> byParameters().run());

        assertThat(runs.hasTable("by_parameter")).isTrue();
        assertThat(report.problem()).isEmpty();
        assertThat(report.backfills())
                .extracting(BackfillReport::name, BackfillReport::inserted)
                .containsExactly(tuple(CREATOR, 3L));
    }

    @Test
    void a_changelog_is_found_where_the_start_says(@TempDir Path folder) throws Exception {
        List<Run> all = oldRuns(3);
        Files.writeString(folder.resolve("own.yaml"), """
                databaseChangeLog:
                  - changeSet: {id: own, author: service, changes: [{sql: {sql: "CREATE TABLE ${name} (id INT)"}}]}
                  - include: {file: liquibase-backfill/backfills/db.changelog-backfills.yaml}
                """);
        var resources = new CompositeResourceAccessor(
                new DirectoryResourceAccessor(folder),
                new ClassLoaderResourceAccessor(getClass().getClassLoader()));

        StartupReport report = start(() -> startup("own.yaml")
                .resources(resources)
                .parameter("name", "by_parameter")
                .run());

        assertThat(report.failed()).isFalse();
        assertThat(runs.hasTable("by_parameter")).isTrue();
        assertThat(runs.annotations()).isEqualTo(inParity(all));
    }

    @Test
    void settings_are_known_by_both_of_their_spellings() throws Exception {
        oldRuns(3);
        for (String spelling : List.of("liquibase.backfill.chunk-size", "liquibase.backfill.chunkSize")) {
            assertThatThrownBy(() -> start(
                            () -> startup(BACKFILLS).setting(spelling, "none").run()))
                    .hasMessageContaining("liquibase.backfill.chunkSize is \"none\": use a whole number");
        }
        for (String spelling :
                List.of("liquibase.database-changelog-table-name", "liquibase.databaseChangelogTableName")) {
            start(() -> startup(BACKFILLS).setting(spelling, "own_changes").run());
            assertThat(runs.hasTable("own_changes")).as(spelling).isTrue();
            runs.execute("DROP TABLE own_changes");
        }
    }

    @Test
    void backfills_in_one_transaction_are_heard_too() throws Exception {
        oldRuns(4);
        List<String> heard = new ArrayList<>();
        var listener = new BackfillListener() {
            @Override
            public void started(String backfill) {
                heard.add("started " + backfill);
            }

            @Override
            public void ended(BackfillResult result) {
                heard.add("ended " + result.name() + " with " + result.counts().inserted());
            }

            @Override
            public void failed(Failed failed) {
                heard.add("failed " + failed.backfill());
            }
        };
        ServiceStartup startup = startup("changelogs/all-or-nothing.yaml").listener(listener);

        StartupReport report = start(startup::run);
        runs.execute("ALTER TABLE pipeline_run RENAME COLUMN created_by TO creator");
        runs.execute("DELETE FROM pipeline_run_annotation");
        StartupReport failing = start(startup::run);

        assertThat(report.backfills())
                .extracting(BackfillReport::outcome, BackfillReport::inserted)
                .containsExactly(tuple(Outcome.SUCCESS, 4L), tuple(Outcome.SUCCESS, 2L), tuple(Outcome.SUCCESS, 2L));
        assertThat(failing.backfills()).extracting(BackfillReport::outcome).containsOnly(Outcome.FAILED);
        assertThat(heard)
                .containsExactly(
                        "started " + CREATOR,
                        "started " + NAME_PARTIAL,
                        "started " + NAME_TOTAL,
                        "ended " + CREATOR + " with 4",
                        "ended " + NAME_PARTIAL + " with 2",
                        "ended " + NAME_TOTAL + " with 2",
                        "started " + CREATOR,
                        "started " + NAME_PARTIAL,
                        "started " + NAME_TOTAL,
                        "failed " + CREATOR,
                        "failed " + NAME_PARTIAL,
                        "failed " + NAME_TOTAL);
    }

    @Test
    void nothing_goes_to_standard_output() throws Exception {
        oldRuns(3);
        var output = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            start(() -> startup(BACKFILLS).run());
        } finally {
            System.setOut(before);
        }

        assertThat(output.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(log.lines()).contains("UPDATE SUMMARY");
    }

    @Test
    void who_closes_it_when_its_report_has_come_does_not_wait_for_himself() throws Exception {
        oldRuns(3);
        var mayEnd = new CountDownLatch(1);

        BackgroundBackfills background = start(() ->
                startup(BACKFILLS).listener(atFirstChunk(() -> await(mayEnd))).runInBackground());
        CompletableFuture<Thread> closed = background.report().thenApply(report -> {
            background.close();
            return Thread.currentThread();
        });
        mayEnd.countDown();

        assertThat(closed.get(1, TimeUnit.MINUTES).getName()).isEqualTo("liquibase-backfill");
        assertThat(background.report().join().complete()).isTrue();
    }

    @Test
    void a_listener_that_closes_it_stops_it_at_the_chunks_end() throws Exception {
        oldRuns(3);
        var background = new CompletableFuture<BackgroundBackfills>();

        background.complete(start(() -> startup(BACKFILLS)
                .setting("liquibase.backfill.chunkSize", "1")
                .listener(atFirstChunk(() -> background.join().close()))
                .runInBackground()));
        StartupReport report = background.join().report().get(1, TimeUnit.MINUTES);

        assertThat(report.backfills())
                .extracting(BackfillReport::outcome, BackfillReport::inserted)
                .containsExactly(tuple(Outcome.STOPPED, 1L));
    }

    private static BackfillListener atFirstChunk(Runnable action) {
        return new BackfillListener() {
            private boolean done;

            @Override
            public void advanced(Progress progress) {
                if (!done) {
                    done = true;
                    action.run();
                }
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
