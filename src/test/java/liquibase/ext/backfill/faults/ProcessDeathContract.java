package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.engine.CheckpointTable;
import liquibase.ext.backfill.engine.Isolation;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.faults.RunnerProcess.Bed;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.JavaCommand;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.integration.commandline.LiquibaseCommandLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes with a backfill are killed or put to sleep, alone and among others. */
abstract class ProcessDeathContract extends FaultContract {
    private static final int RUNS = 400;
    private static final int CHUNK = 4;
    private static final int PAUSE_MILLIS = 10;
    private static final RunnerProcess.Work WORK =
            RunnerProcess.Work.awake(CHUNK, PAUSE_MILLIS, Isolation.SERIALIZABLE);
    private static final String CHANGELOG_FILE =
            "--changelog-file=liquibase-backfill/backfills/db.changelog-backfills.yaml";

    ProcessDeathContract(TestDatabase product) {
        super(product);
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within a minute: " + what);
            }
            Thread.sleep(5);
        }
    }

    /** Not only one that happens to wait: the one at work first, and then one of those that are not. */
    @ParameterizedTest
    @CsvSource({"2, RANDOM", "4, SEQUENTIAL"})
    void several_processes_of_which_the_one_at_work_and_another_are_killed_leave_what_one_would_have_left(
            int processes, KeyOrder order) throws Exception {
        Runs runs = runs(order, RUNS);
        Balance balance = Balance.NONE;
        String said = "";
        int times = Chance.times(1);
        for (int time = 0; time < times; time++) {
            runs.reset();
            try (var some = new RunnerProcesses(database, processes + 2, WORK)) {
                some.begin(processes);
                long target = 1L + random.nextInt(RUNS / 2);
                await(target + " annotations", () -> runs.systemAnnotations() >= target);
                Runs.Held held = runs.held().orElseThrow();
                some.kill(some.of(held));
                assertThat(runs.held()).as("what it was killed at").hasValue(held);
                some.beginAnother();

                await("another owner", () -> runs.held()
                        .filter(now -> now.version() > held.version())
                        .isPresent());
                Runs.Held next = runs.held().orElseThrow();
                assertThat(next.backfill()).isEqualTo(held.backfill());
                assertThat(next.pid()).isNotEqualTo(held.pid());
                await("one that waits", () -> some.waitingFor(next).isPresent());
                RunnerProcess waiting = some.waitingFor(next).orElseThrow();
                said = waiting.waitedAt(next.backfill()).orElseThrow();
                some.kill(waiting);
                some.beginAnother();

                for (RunnerProcess survivor : some.begun()) {
                    assertThat(survivor.awaitEnd())
                            .contains("pipeline_run.created_by ")
                            .contains("pipeline_run.name/extra_data ")
                            .contains("pipeline_run.name/component_spec ")
                            .doesNotContain("STOPPED", "TAKEN_OVER");
                    assertThat(survivor.exitCode()).isZero();
                }
                assertThat(runs.held()).as("nothing is claimed any more").isEmpty();
            }
            balance = balance.plus(runs.balance());
        }
        enter(
                "%s backfill processes are at once at the same backfills, and the one at work and one that waits are killed (`kill -9`)"
                        .formatted(processes == 2 ? "two" : "four"),
                2L * times,
                balance,
                said,
                Map.of());
    }

    @Test
    void a_runner_that_sleeps_past_its_lease_and_comes_back_writes_nothing_more() throws Exception {
        Runs runs = runs(KeyOrder.RANDOM, RUNS);
        Balance balance = Balance.NONE;
        String said = "";
        int times = Chance.times(1);
        for (int time = 0; time < times; time++) {
            runs.reset();
            try (var sleeper = RunnerProcess.backfill(database, sleeping(Bed.BETWEEN_CHUNKS))) {
                sleeper.begin();
                await("a moment between two chunks", sleeper::isTired);
                sleeper.sleep();
                long before = runs.systemAnnotations();

                assertThat(written(backfill(chunksOf(CHUNK).build()))).isEqualTo(2L * RUNS - before);
                sleeper.wake();

                said = sleeper.awaitEnd();
                assertThat(said)
                        .contains("pipeline_run.created_by TAKEN_OVER ", "took backfill pipeline_run.created_by over")
                        .contains(
                                "pipeline_run.name/extra_data ",
                                "pipeline_run.name/component_spec ALREADY_COMPLETE 0,");
                assertThat(sleeper.exitCode()).isZero();
            }
            balance = balance.plus(runs.balance());
        }
        enter(
                "a runner sleeps past its lease (`SIGSTOP`) and comes back",
                times,
                balance,
                said.lines()
                        .filter(line -> line.contains("TAKEN_OVER"))
                        .findFirst()
                        .orElse(""),
                Map.of());
    }

    private RunnerProcess.Work sleeping(Bed bed) {
        int chunks = 1 + random.nextInt(RUNS / CHUNK - 1);
        return new RunnerProcess.Work(CHUNK, 0, chunks, bed, Isolation.SERIALIZABLE);
    }

    /** What it holds, it holds until it wakes up or is killed: on SQLite the database, elsewhere its chunk. */
    @Test
    void a_runner_that_sleeps_in_the_middle_of_a_chunk_keeps_others_away_until_it_is_killed() throws Exception {
        Runs runs = runs(KeyOrder.SEQUENTIAL, RUNS);
        long before;
        String reason;
        try (var sleeper = RunnerProcess.backfill(database, sleeping(Bed.INSIDE_A_CHUNK))) {
            sleeper.begin();
            await("a moment inside a chunk", sleeper::isTired);
            sleeper.sleep();
            before = runs.systemAnnotations();
            assertThat(isWritable(runs.ids().get(RUNS - 1))).isEqualTo(product != TestDatabase.SQLITE);
            List<String> reasons = new ArrayList<>();
            BackfillResult next = backfillFor(Duration.ofSeconds(3), reasons);
            assertThat(next.outcome()).isEqualTo(Outcome.STOPPED);
            assertThat(next.stopReason()).hasValue("its time box is used up");
            assertThat(runs.systemAnnotations()).isEqualTo(before);
            reason = reasons.get(0);
        }
        runs.letTheLeasesEnd();
        assertThat(written(backfill(chunksOf(CHUNK).build()))).isEqualTo(2L * RUNS - before);
        enter(
                "a runner is put to sleep in the middle of a chunk (`SIGSTOP`), and then killed",
                1,
                runs.balance(),
                "waiting: " + reason,
                Map.of());
    }

    /** By the application, which does not wait long. */
    private boolean isWritable(String run) throws SQLException {
        try (Connection application = connect();
                Statement statement = application.createStatement()) {
            if (product == TestDatabase.SQLITE) {
                statement.execute("PRAGMA busy_timeout = 100");
            }
            Runs.update(application, "UPDATE pipeline_run SET created_by = created_by WHERE id = ?", run);
            return true;
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("SQLITE_BUSY");
            return false;
        }
    }

    private BackfillResult backfillFor(Duration timeBox, List<String> reasons) throws SQLException {
        BackfillOptions options = chunksOf(CHUNK)
                .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(60))
                .build()
                .until(Instant.now().plus(timeBox));
        var listener = new BackfillListener() {
            @Override
            public void waiting(String backfill, String why, Duration duration) {
                reasons.add(why);
            }
        };
        try (Connection connection = connect()) {
            return new BackfillEngine(
                            connection, Schema.DEFAULT, CheckpointTable.DEFAULT, options, listener, Time.system())
                    .run(SystemAnnotations.createdBy());
        }
    }

    /** The documented recovery, by the documented commands: release-locks, then update. */
    @Test
    void after_a_killed_update_its_lock_is_released_and_the_next_update_goes_on() throws Exception {
        Runs runs = runs(KeyOrder.SEQUENTIAL, RUNS);
        long before;
        try (var update = RunnerProcess.update(database, CHUNK, PAUSE_MILLIS)) {
            long target = 1L + random.nextInt(RUNS);
            await(target + " annotations", () -> runs.systemAnnotations() >= target || !update.isAlive());
            assertThat(update.isAlive()).as(update.said()).isTrue();
            update.kill();
            before = runs.systemAnnotations();
        }

        Liquibase refused = liquibase(
                "--changelog-lock-wait-time-in-minutes=0", "--changelog-lock-poll-rate=1", "update", CHANGELOG_FILE);
        assertThat(refused.exitCode).as(refused.said).isNotZero();
        String reason = refused.said
                .lines()
                .filter(line -> line.contains(
                        product == TestDatabase.SQLITE
                                ? "class java.lang.String cannot be cast to class java.util.Date"
                                : "Could not acquire change log lock.  Currently locked by "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(refused.said));
        assertThat(runs.systemAnnotations()).as("nobody gets past the lock").isEqualTo(before);
        assertThat(liquibase("release-locks")).returns(0, Liquibase::exitCode);
        assertThat(liquibase("update", CHANGELOG_FILE)).returns(0, Liquibase::exitCode);

        assertThat(before).isPositive().isLessThan(2L * RUNS);
        enter(
                "`liquibase update` is killed (`kill -9`)",
                1,
                runs.balance(),
                reason.replaceFirst("locked by .*", "locked by …"),
                Map.of());
    }

    /** What the command line said, and its exit code. */
    private record Liquibase(String said, int exitCode) {}

    /** As on a command line, with where the database is in front. */
    private Liquibase liquibase(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "--url=" + database.url(), "--username=" + database.user(), "--password=" + database.password()));
        all.addAll(List.of(arguments));
        Path output = Files.createTempFile("liquibase", ".log");
        try {
            int exitCode = new ProcessBuilder(
                            JavaCommand.of(LiquibaseCommandLine.class, List.of(), all.toArray(String[]::new)))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            return new Liquibase(Files.readString(output), exitCode);
        } finally {
            Files.delete(output);
        }
    }
}
