package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes with a backfill are killed or put to sleep, alone and among others. */
abstract class ProcessDeathContract extends FaultContract {
    private static final int RUNS = 400;
    private static final int CHUNK = 4;
    private static final int PAUSE_MILLIS = 10;
    private static final String CHANGELOG = "liquibase-backfill/backfills/db.changelog-backfills.yaml";

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
        int times = Chance.times(1);
        for (int time = 0; time < times; time++) {
            runs.reset();
            try (var some = new RunnerProcesses(database, processes, 2)) {
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
                some.kill(some.waitingFor(next).orElseThrow());
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
                "%d backfill processes at once, the one at work and another are killed (kill -9)".formatted(processes),
                2L * times,
                balance,
                "",
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
            try (var sleeper = RunnerProcess.backfill(database, CHUNK, 0, 1 + random.nextInt(RUNS / CHUNK - 1))) {
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
                                "pipeline_run.name/extra_data ", "pipeline_run.name/component_spec ALREADY_COMPLETE 0");
                assertThat(sleeper.exitCode()).isZero();
            }
            balance = balance.plus(runs.balance());
        }
        enter(
                "runner asleep past its lease (SIGSTOP), taken over, awake again (SIGCONT)",
                times,
                balance,
                said.lines()
                        .filter(line -> line.contains("TAKEN_OVER"))
                        .findFirst()
                        .orElse(""),
                Map.of());
    }

    /** The documented recovery: release-locks, then update. */
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

        Throwable refused = catchThrowable(() -> liquibase(
                "update", Map.of("liquibase.changelogLockWaitTimeInMinutes", 0, "liquibase.changelogLockPollRate", 1)));
        assertThat(rootMessage(refused))
                .startsWith(
                        product == TestDatabase.SQLITE
                                ? "class java.lang.String cannot be cast to class java.util.Date"
                                : "Could not acquire change log lock.  Currently locked by ");
        assertThat(runs.systemAnnotations()).as("nobody gets past the lock").isEqualTo(before);
        liquibase("releaseLocks", Map.of());
        liquibase("update", Map.of("liquibase.backfill.lease", "1s"));

        assertThat(before).isPositive().isLessThan(2L * RUNS);
        enter("update killed (kill -9); release-locks; update", 1, runs.balance(), rootMessage(refused), Map.of());
    }

    private static String rootMessage(Throwable thrown) {
        return thrown.getCause() == null || thrown.getCause().getMessage() == null
                ? String.valueOf(thrown.getMessage())
                : rootMessage(thrown.getCause());
    }

    private void liquibase(String command, Map<String, Object> settings) throws Exception {
        Scope.child(settings, () -> {
            var scope = new CommandScope(command)
                    .addArgumentValue("url", database.url())
                    .addArgumentValue("username", database.user())
                    .addArgumentValue("password", database.password());
            if (command.equals("update")) {
                scope.addArgumentValue("changelogFile", CHANGELOG);
            }
            scope.execute();
        });
    }
}
