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
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.engine.Time;
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

    /** The clock of this machine; the one on the wall is somewhere else each time it is looked at, up to ten years. */
    private record JumpingClock(Random random, List<Instant> shown) implements Time {
        @Override
        public Instant now() {
            Instant moment = Instant.now();
            if (!shown.isEmpty()) { // a time box is reckoned once, when a run begins
                moment = moment.plusSeconds(random.nextInt(630_000_000) - 315_000_000);
            }
            shown.add(moment);
            return moment;
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

    @Test
    void a_clock_that_jumps_neither_ends_a_run_nor_keeps_it_from_ending() throws SQLException {
        Runs runs = runs(KeyOrder.RANDOM, RUNS);
        Balance balance = Balance.NONE;
        int times = Chance.times(5);
        for (int time = 0; time < times; time++) {
            runs.reset();
            try (Connection connection = connect()) {
                var options = chunksOf(CHUNK).pause(Duration.ofMillis(1)).build();
                List<BackfillResult> results = backfill(
                        connection, options, BackfillListener.NONE, new JumpingClock(random, new ArrayList<>()));
                assertThat(results)
                        .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED));
            }
            balance = balance.plus(runs.balance());
        }
        enter("clock of the client that jumps by up to ten years", times, balance, "", Map.of());
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
        enter("clock of the database that jumps by an hour or a year", jumps.size(), balance, "", Map.of());
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
                "clock of the database set back by an hour or a year after a runner died",
                jumps.size(),
                balance,
                "waiting: " + reasons.get(0).replaceFirst("^\\S+ ", "… "),
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
