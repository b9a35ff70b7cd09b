package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.engine.CheckpointTable;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** Clocks that jump: the one of the machine that backfills, and the one of the database, by which runners are judged. */
abstract class ClocksContract extends FaultContract {
    private static final int RUNS = 100;
    private static final int CHUNK = 10;
    private static final Duration YEAR = Duration.ofDays(365);

    ClocksContract(TestDatabase product) {
        super(product);
    }

    /** The clock of this machine; the one on the wall jumps when the run has looked at it. */
    private record JumpingClock(Duration jump, AtomicInteger looks) implements Time {
        @Override
        public Instant now() {
            return Instant.now().plus(looks.getAndIncrement() == 0 ? Duration.ZERO : jump);
        }

        @Override
        public long nanoTime() {
            return Time.system().nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Time.system().sleep(duration);
        }
    }

    /** Ahead, it would end a run that has an hour; back, it would let a run go on that has no time left. */
    @Test
    void a_clock_that_jumps_neither_ends_a_run_with_a_time_box_nor_keeps_it_from_ending() throws SQLException {
        Runs runs = runs(KeyOrder.RANDOM, RUNS);

        assertThat(runWithin(Duration.ofHours(1), YEAR).outcome()).isEqualTo(Outcome.COMPLETED);
        Balance balance = completed(runs);
        runs.reset();
        BackfillResult stopped = runWithin(Duration.ofSeconds(2), YEAR.negated());
        assertThat(stopped.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(stopped.stopReason()).hasValue("its time box is used up");
        balance = balance.plus(completed(runs));

        enter(
                "the clock of the client jumps by a year, forwards or back, while a runner with a time box is at work",
                2,
                balance,
                "",
                Map.of());
    }

    /** A run that lasts longer than two seconds. */
    private BackfillResult runWithin(Duration timeBox, Duration jump) throws SQLException {
        var looks = new AtomicInteger();
        BackfillOptions options = chunksOf(CHUNK)
                .pause(Duration.ofMillis(250))
                .build()
                .until(Instant.now().plus(timeBox));
        try (Connection connection = connect()) {
            var clock = new JumpingClock(jump, looks);
            BackfillResult result = new BackfillEngine(
                            connection, Schema.DEFAULT, CheckpointTable.DEFAULT, options, BackfillListener.NONE, clock)
                    .run(SystemAnnotations.createdBy());
            assertThat(looks).as("looks at the clock").hasPositiveValue();
            return result;
        }
    }

    private Balance completed(Runs runs) throws SQLException {
        backfill(BackfillListener.NONE);
        return runs.balance();
    }

    /** A runner that waits at the end of a chunk. */
    private static final class Waiting implements BackfillListener {
        private final CountDownLatch reached;
        private final CountDownLatch goOn = new CountDownLatch(1);

        Waiting(int chunks) {
            this.reached = new CountDownLatch(chunks);
        }

        @Override
        public void advanced(Progress progress) {
            reached.countDown();
            if (reached.getCount() == 0) {
                awaitUninterruptibly(goOn);
            }
        }
    }

    /** Another runner, which lets the one before it go on when it has to wait for it. */
    private record Next(CountDownLatch first, List<String> reasons) implements BackfillListener {
        @Override
        public void waiting(String backfill, String reason, Duration duration) {
            reasons.add(reason);
            first.countDown();
        }
    }

    /**
     * The clock of the database jumps while a runner is at work. Set back, its last sign of life lies in the future, and it
     * keeps its claim with the next one; set ahead, its lease seems to be over, and it is taken over, but not doubled.
     */
    @Test
    void a_clock_of_the_database_that_jumps_neither_doubles_a_runner_nor_loses_what_it_wrote() throws Exception {
        Runs runs = runs(KeyOrder.RANDOM, RUNS);
        Balance balance = Balance.NONE;
        List<String> reasons = new ArrayList<>();
        List<Duration> jumps = List.of(Duration.ofHours(1), YEAR, Duration.ofHours(-1), YEAR.negated());
        for (Duration ahead : jumps) {
            runs.reset();
            reasons.clear();
            var first = new Waiting(1 + random.nextInt(RUNS / CHUNK - 1));
            Future<List<BackfillResult>> before = inBackground(() -> backfill(first));
            assertThat(first.reached.await(1, TimeUnit.MINUTES)).isTrue();
            long kept = runs.systemAnnotations();
            runs.letTheClockJump(ahead);

            List<BackfillResult> after = backfill(new Next(first.goOn, reasons));
            first.goOn.countDown();

            BackfillResult interrupted = await(before).get(0);
            assertThat(interrupted.outcome())
                    .as("the runner at work when its sign of life is %s ahead", ahead)
                    .isEqualTo(ahead.isNegative() ? Outcome.TAKEN_OVER : Outcome.COMPLETED);
            assertThat(reasons.isEmpty()).isEqualTo(ahead.isNegative());
            assertThat(written(await(before)) + written(after)).isEqualTo(2L * RUNS);
            assertThat(written(after)).isLessThanOrEqualTo(2L * RUNS - kept);
            balance = balance.plus(runs.balance());
        }
        enter(
                "the clock of the database jumps by an hour or a year, forwards or back, while a runner is at work",
                jumps.size(),
                balance,
                "",
                Map.of());
    }

    @Test
    void a_clock_of_the_database_that_was_set_back_after_a_runner_died_costs_the_next_one_a_lease() throws Exception {
        Runs runs = runs(KeyOrder.SEQUENTIAL, RUNS);
        Balance balance = Balance.NONE;
        List<String> reasons = new ArrayList<>();
        List<Duration> jumps = List.of(Duration.ofHours(1), YEAR);
        for (Duration back : jumps) {
            runs.reset();
            reasons.clear();
            dieAtWork();
            long kept = runs.systemAnnotations();
            runs.letTheClockJump(back);
            long begin = System.nanoTime();

            List<BackfillResult> after = backfill(new Next(new CountDownLatch(1), reasons));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(LEASE, LEASE.multipliedBy(20));
            assertThat(reasons).isNotEmpty().allSatisfy(reason -> assertThat(reason)
                    .endsWith("is at work at it, or died at it within the lease of 1 s"));
            assertThat(written(after)).isEqualTo(2L * RUNS - kept);
            balance = balance.plus(runs.balance());
        }
        enter(
                "the clock of the database is set back by an hour or a year after a runner died",
                jumps.size(),
                balance,
                "waiting: " + reasons.get(0),
                Map.of());
    }

    private List<BackfillResult> backfill(BackfillListener listener) throws SQLException {
        try (Connection connection = connect()) {
            return backfill(connection, chunksOf(CHUNK).build(), listener, Time.system());
        }
    }

    /** Its connection is gone, so that it cannot even say that it failed. */
    private void dieAtWork() throws SQLException {
        try (Connection real = connect()) {
            var listener = new BackfillListener() {
                private int chunks = 1 + random.nextInt(RUNS / CHUNK - 1);

                @Override
                public void advanced(Progress progress) {
                    if (--chunks == 0) {
                        try {
                            real.close();
                        } catch (SQLException e) {
                            throw new AssertionError(e);
                        }
                    }
                }
            };
            assertThat(catchThrowable(() -> backfill(real, chunksOf(CHUNK).build(), listener, Time.system())))
                    .isInstanceOf(BackfillException.class);
        }
    }
}
