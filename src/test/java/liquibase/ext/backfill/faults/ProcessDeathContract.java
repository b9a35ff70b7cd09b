package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
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
    private static final int PAUSE_MILLIS = 3;
    private static final String CHANGELOG = "liquibase-backfill/backfills/db.changelog-backfills.yaml";

    ProcessDeathContract(TestDatabase product) {
        super(product);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within a minute: " + what);
            }
            Thread.sleep(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, RANDOM", "4, SEQUENTIAL"})
    void several_processes_of_which_some_are_killed_leave_what_one_would_have_left(int processes, KeyOrder order)
            throws Exception {
        Runs runs = runs(order, RUNS);
        Balance balance = Balance.NONE;
        int kills = Chance.times(2);
        List<RunnerProcess> alive = new ArrayList<>();
        try {
            for (int i = 0; i < processes; i++) {
                alive.add(RunnerProcess.backfill(database, CHUNK, PAUSE_MILLIS, 0));
            }
            for (int kill = 0; kill < kills; kill++) {
                long target = runs.systemAnnotations() + 1 + random.nextInt(2 * RUNS / (kills + 2));
                await(target + " annotations", () -> runs.systemAnnotations() >= target);
                RunnerProcess victim = alive.remove(random.nextInt(alive.size()));
                victim.kill();
                victim.close();
                alive.add(RunnerProcess.backfill(database, CHUNK, PAUSE_MILLIS, 0));
            }
            for (RunnerProcess process : alive) {
                assertThat(process.awaitEnd()).contains("pipeline_run.name/component_spec ");
                assertThat(process.exitCode()).isZero();
            }
            balance = balance.plus(runs.balance());
        } finally {
            for (RunnerProcess process : alive) {
                process.close();
            }
        }
        enter(
                "%d backfill processes at once, now and then one is killed (kill -9)".formatted(processes),
                kills,
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
                await("a moment between two chunks", sleeper::isTired);
                sleeper.sleep();
                long before = runs.systemAnnotations();

                assertThat(written(backfill(chunksOf(CHUNK).build()))).isEqualTo(2L * RUNS - before);
                sleeper.wake();

                said = sleeper.awaitEnd();
                assertThat(said)
                        .contains("pipeline_run.created_by TAKEN_OVER ", "took backfill pipeline_run.created_by over");
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
        assertThat(refused).isNotNull();
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
