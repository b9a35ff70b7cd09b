package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One runner at a time, and never two that write. */
abstract class LeaseContract extends EngineContract {
    private static final int ROWS = 30;

    LeaseContract(TestDatabase product) {
        super(product);
    }

    interface Event {
        void happens() throws Exception;
    }

    private static BackfillListener afterFirstChunk(Event event) {
        return new BackfillListener() {
            private boolean first = true;

            @Override
            public void advanced(Progress progress) {
                if (first) {
                    first = false;
                    run(event);
                }
            }
        };
    }

    private static void run(Event event) {
        try {
            event.happens();
        } catch (Exception e) {
            throw new AssertionError(e); // no RuntimeException: it would be taken for a listener's failure
        }
    }

    private BackfillResult second(Duration timeBox, List<String> reasons) throws SQLException {
        return second(new FakeTime(), timeBox, reasons);
    }

    private BackfillResult second(FakeTime time, Duration timeBox, List<String> reasons) throws SQLException {
        var options = chunksOf(10)
                .timeouts(Duration.ofMillis(10), Duration.ofSeconds(60))
                .build();
        var listener = new BackfillListener() {
            @Override
            public void waiting(String backfill, String reason, Duration duration) {
                reasons.add(reason);
            }
        };
        return engine(options.until(time.now().plus(timeBox)), listener, time).run(Things.TOTAL);
    }

    @Test
    void a_second_runner_waits_while_the_first_is_alive_and_leaves_at_its_deadline() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        List<String> reasons = new ArrayList<>();
        List<BackfillResult> second = new ArrayList<>();

        BackfillResult first = engine(
                        chunksOf(10).build(),
                        afterFirstChunk(() -> second.add(second(Duration.ofSeconds(5), reasons))),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(second).singleElement().satisfies(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.STOPPED);
            assertThat(result.counts()).isEqualTo(Checkpoint.Counts.NONE);
        });
        assertThat(reasons).hasSize(5).allSatisfy(reason -> assertThat(reason)
                .matches(".+:\\d+:.+ is at work at it, or died at it within the lease of 30 s"));
        assertThat(first.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(first.counts().scanned()).isEqualTo(ROWS);
        things.assertParity();
    }

    @Test
    void what_a_dead_runner_left_is_taken_over_once_its_lease_has_ended() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        List<String> reasons = new ArrayList<>();
        List<BackfillResult> second = new ArrayList<>();

        BackfillResult first = engine(
                        chunksOf(10).build(),
                        afterFirstChunk(() -> {
                            things.letTheLeaseEnd();
                            second.add(second(Duration.ofSeconds(5), reasons));
                        }),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(reasons).isEmpty();
        assertThat(second.get(0).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(second.get(0).counts().scanned()).isEqualTo(ROWS - 10);
        assertThat(first.outcome()).isEqualTo(Outcome.TAKEN_OVER);
        assertThat(first.stopReason()).hasValueSatisfying(reason -> assertThat(reason)
                .startsWith("another runner took backfill thing.label over from "));
        assertThat(things.checkpoint().state()).isEqualTo(CheckpointState.COMPLETE);
        things.assertParity();
    }

    @ParameterizedTest
    @CsvSource({"30, 1, COMPLETED, STOPPED", "1, 30, TAKEN_OVER, COMPLETED"})
    void what_counts_is_the_lease_of_the_runner_that_is_at_work(
            int firsts, int seconds, Outcome endOfFirst, Outcome endOfSecond) throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        List<BackfillResult> second = new ArrayList<>();
        var time = new FakeTime();
        BackfillOptions impatient = chunksOf(10)
                .timeouts(Duration.ofMillis(10), Duration.ofSeconds(60))
                .lease(Duration.ofSeconds(seconds))
                .build()
                .until(time.now().plusSeconds(5));

        BackfillResult first = engine(
                        chunksOf(10).lease(Duration.ofSeconds(firsts)).build(),
                        afterFirstChunk(() -> {
                            things.letPass(Duration.ofSeconds(10));
                            second.add(engine(impatient, BackfillListener.NONE, time)
                                    .run(Things.TOTAL));
                        }),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(first.outcome()).isEqualTo(endOfFirst);
        assertThat(second.get(0).outcome()).isEqualTo(endOfSecond);
        things.assertParity();
    }

    /** An hour, and a year. */
    @ParameterizedTest
    @ValueSource(longs = {3_600, 31_536_000})
    void a_dead_runner_whose_last_sign_of_life_lies_in_the_future_is_taken_over_after_its_lease(long seconds)
            throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        List<String> reasons = new ArrayList<>();
        List<BackfillResult> second = new ArrayList<>();

        BackfillResult first = engine(
                        chunksOf(10).build(),
                        afterFirstChunk(() -> {
                            things.setTheClockBack(Duration.ofSeconds(seconds));
                            second.add(second(Duration.ofSeconds(60), reasons));
                        }),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(reasons).as("a second each").hasSize(30);
        assertThat(second.get(0).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(second.get(0).counts().scanned()).isEqualTo(ROWS - 10);
        assertThat(first.outcome()).isEqualTo(Outcome.TAKEN_OVER);
        things.assertParity();
    }

    /** Its next sign of life is by the clock as it is now, and ends the doubt. */
    @Test
    void a_runner_at_work_whose_last_sign_of_life_lies_in_the_future_keeps_its_claim() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        List<String> reasons = new ArrayList<>();
        List<BackfillResult> second = new ArrayList<>();
        var time = new FakeTime();

        BackfillResult first = engine(
                        chunksOf(10).build(),
                        afterFirstChunk(() -> {
                            things.setTheClockBack(Duration.ofHours(1));
                            time.onSleep(slept -> {
                                if (time.slept().toSeconds() == 29) {
                                    run(things::giveSignOfLife);
                                }
                            });
                            second.add(second(time, Duration.ofSeconds(45), reasons));
                        }),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(reasons).hasSize(45);
        assertThat(second.get(0).outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(first.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(first.counts().scanned()).isEqualTo(ROWS);
        things.assertParity();
    }

    /** Also where the clock is set back again and again: each sign of life is another one than the last. */
    @Test
    void signs_of_life_that_all_lie_in_the_future_are_signs_of_life() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        List<String> reasons = new ArrayList<>();
        List<BackfillResult> second = new ArrayList<>();
        var time = new FakeTime();

        BackfillResult first = engine(
                        chunksOf(10).build(),
                        afterFirstChunk(() -> {
                            things.setTheClockBack(Duration.ofHours(1));
                            time.onSleep(slept -> {
                                if (time.slept().toSeconds() % 20 == 0) {
                                    run(() -> things.setTheClockBack(Duration.ofHours(1)));
                                }
                            });
                            second.add(second(time, Duration.ofSeconds(100), reasons));
                        }),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(second.get(0).outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(first.outcome()).isEqualTo(Outcome.COMPLETED);
        things.assertParity();
    }

    @Test
    void who_knows_that_a_runner_is_dead_need_not_wait_for_its_lease() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        List<String> reasons = new ArrayList<>();
        List<BackfillResult> second = new ArrayList<>();

        engine(
                        chunksOf(10).build(),
                        afterFirstChunk(() -> {
                            things.execute("UPDATE %s SET STATE = 'FAILED'"
                                    .formatted(CheckpointTable.DEFAULT.qualified(things.dialect())));
                            second.add(second(Duration.ofSeconds(5), reasons));
                        }),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(reasons).isEmpty();
        assertThat(second.get(0).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(second.get(0).counts().scanned()).isEqualTo(ROWS - 10);
    }

    @Test
    void a_runner_whose_claim_was_taken_over_writes_nothing_more() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);

        BackfillResult first = engine(
                        chunksOf(10).build(),
                        afterFirstChunk(() -> things.execute("UPDATE %s SET VERSION = VERSION + 1, OWNER = 'another'"
                                .formatted(CheckpointTable.DEFAULT.qualified(things.dialect())))),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(first.outcome()).isEqualTo(Outcome.TAKEN_OVER);
        assertThat(first.counts().inserted()).isEqualTo(10);
        assertThat(things.tags()).hasSize(10);
        assertThat(things.checkpoint().owner()).hasValue("another");
        assertThat(things.checkpoint().state()).isEqualTo(CheckpointState.RUNNING);
        assertThat(things.checkpoint().counts().scanned()).isEqualTo(10);
    }

    @Test
    void a_takeover_that_a_stopped_run_finds_while_it_closes_its_checkpoint_is_no_failure() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);

        BackfillResult first = engine(
                        chunksOf(10).build(),
                        afterFirstChunk(() -> {
                            things.execute("UPDATE %s SET VERSION = VERSION + 1"
                                    .formatted(CheckpointTable.DEFAULT.qualified(things.dialect())));
                            Thread.currentThread().interrupt();
                        }),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(first.outcome()).isEqualTo(Outcome.TAKEN_OVER);
        assertThat(things.checkpoint().state()).isEqualTo(CheckpointState.RUNNING);
    }

    private BackfillResult leaving(FakeTime time, List<String> reasons) throws SQLException {
        var options = chunksOf(10)
                .timeouts(Duration.ofMillis(10), Duration.ofSeconds(60))
                .whenBusy(WhenBusy.LEAVE)
                .build();
        var listener = new BackfillListener() {
            @Override
            public void waiting(String backfill, String reason, Duration duration) {
                reasons.add(reason);
            }
        };
        return engine(options, listener, time).run(Things.TOTAL);
    }

    @Test
    void a_second_runner_that_may_leave_does_so_at_the_first_sign_of_life_that_is_new() throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        List<String> reasons = new ArrayList<>();
        var second = new AtomicReference<BackfillResult>();
        var time = new FakeTime();

        BackfillResult worked = engine(
                        chunksOf(10).build(),
                        afterFirstChunk(() -> {
                            String owner = things.checkpoint().owner().orElseThrow();
                            // Two looks that show nothing new, and before the third the runner moves on.
                            time.onSleep(slept -> {
                                if (time.slept().compareTo(Duration.ofMillis(500)) >= 0) {
                                    run(things::giveSignOfLife);
                                }
                            });
                            second.set(leaving(time, reasons));
                            assertThat(second.get().stopReason()).hasValueSatisfying(reason -> assertThat(reason)
                                    .startsWith(owner + " is at work at it, at key ")
                                    .endsWith("with 10 rows looked at and 10 inserted so far"));
                        }),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(second.get().outcome()).isEqualTo(Outcome.LEFT_TO_OTHER);
        assertThat(second.get().counts()).isEqualTo(Checkpoint.Counts.NONE);
        assertThat(time.slept()).isEqualTo(Duration.ofMillis(500));
        assertThat(reasons).hasSize(2);
        assertThat(worked.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(worked.counts().scanned()).isEqualTo(ROWS);
        things.assertParity();
    }

    @Test
    void a_second_runner_that_may_leave_takes_over_from_one_that_gives_no_sign_of_life_until_its_lease_ends()
            throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        var time = new FakeTime();
        var second = new AtomicReference<BackfillResult>();

        engine(
                        chunksOf(10).build(),
                        afterFirstChunk(() -> {
                            time.onSleep(slept -> {
                                if (time.slept().compareTo(Duration.ofSeconds(29)) >= 0) {
                                    run(things::letTheLeaseEnd);
                                }
                            });
                            second.set(leaving(time, new ArrayList<>()));
                        }),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(time.slept()).isEqualTo(Duration.ofSeconds(29));
        assertThat(second.get().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(second.get().counts().scanned()).isEqualTo(ROWS - 10);
        things.assertParity();
    }

    @Test
    void a_second_runner_that_may_leave_does_not_leave_what_the_first_has_ended_meanwhile() throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        var time = new FakeTime();
        var second = new AtomicReference<BackfillResult>();

        engine(
                        chunksOf(10).build(),
                        afterFirstChunk(() -> {
                            time.onSleep(slept -> run(() -> things.execute("UPDATE %s SET STATE = 'STOPPED'"
                                    .formatted(CheckpointTable.DEFAULT.qualified(things.dialect())))));
                            second.set(leaving(time, new ArrayList<>()));
                        }),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(second.get().outcome()).isEqualTo(Outcome.COMPLETED);
        things.assertParity();
    }

    @Test
    void a_second_runner_that_may_leave_does_not_leave_what_another_claimed_and_ended_before_its_own_claim()
            throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        engine(chunksOf(10).build()).run(Things.TOTAL);
        things.execute("DELETE FROM tag");
        Connection connection = Hooked.connection(connect(), new Hooked.Hook() {
            private boolean claimed;

            @Override
            public void before(String sent) throws SQLException {
                if (!claimed && sent.contains("OWNER = ?, VERSION = VERSION + 1")) {
                    claimed = true;
                    things.execute("UPDATE %s SET VERSION = VERSION + 1"
                            .formatted(CheckpointTable.DEFAULT.qualified(things.dialect())));
                }
            }
        });

        BackfillResult result = engine(
                        connection,
                        chunksOf(10).whenBusy(WhenBusy.LEAVE).build(),
                        BackfillListener.NONE,
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        things.assertParity();
    }

    @Test
    void a_second_runner_that_may_leave_still_stops_when_its_time_box_is_used_up() throws Exception {
        things(Keys.RANDOM_TEXTS, ROWS);
        var time = new FakeTime();
        var second = new AtomicReference<BackfillResult>();

        engine(
                        chunksOf(10).build(),
                        afterFirstChunk(() -> second.set(engine(
                                        chunksOf(10)
                                                .whenBusy(WhenBusy.LEAVE)
                                                .build()
                                                .until(time.now().plusSeconds(5)),
                                        BackfillListener.NONE,
                                        time)
                                .run(Things.TOTAL))),
                        new FakeTime())
                .run(Things.TOTAL);

        assertThat(second.get().outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(time.slept()).isEqualTo(Duration.ofSeconds(5));
    }

    /** The chunk's own transaction holds its row, so that who comes meanwhile cannot even try. */
    @Test
    void a_runner_whose_lease_ends_during_a_long_chunk_keeps_its_claim() throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        List<String> reasons = new ArrayList<>();
        List<BackfillResult> second = new ArrayList<>();

        BackfillResult first = runWithLongChunk(things, () -> second.add(second(Duration.ofSeconds(3), reasons)));

        assertThat(first.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(second.get(0).outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(second.get(0).counts()).isEqualTo(Checkpoint.Counts.NONE);
        assertThat(reasons).isNotEmpty();
        things.assertParity();
    }

    /** A runner whose first chunk takes so long that its lease ends, and during which something happens. */
    BackfillResult runWithLongChunk(Things things, Event event) throws SQLException {
        return runWithLongChunk(things, sent -> sent.equals("commit"), event);
    }

    /** The same, before a certain statement of that chunk. */
    BackfillResult runWithLongChunk(Things things, Predicate<String> moment, Event event) throws SQLException {
        Connection connection = Hooked.connection(connect(), new Hooked.Hook() {
            private boolean inChunk;
            private boolean happened;

            @Override
            public void before(String sent) throws SQLException {
                if (!happened && sent.contains("KEY_REACHED = ?")) {
                    things.letTheLeaseEnd();
                    inChunk = true;
                } else if (inChunk && moment.test(sent)) {
                    inChunk = false;
                    happened = true;
                    run(event);
                }
            }
        });
        return engine(connection, chunksOf(10).build(), BackfillListener.NONE, new FakeTime())
                .run(Things.TOTAL);
    }
}
