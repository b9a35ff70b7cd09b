package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacingTest {
    private final FakeTime time = new FakeTime();
    private final List<String> reasons = new ArrayList<>();
    private int signs;

    private final BackfillListener listener = new BackfillListener() {
        @Override
        public void waiting(String backfill, String reason, Duration duration) {
            reasons.add(reason);
        }
    };

    private Pacing pacing(BackfillOptions options) {
        return new Pacing("things", options, time, listener);
    }

    private Pacing pacingWithin(Duration timeBox) {
        return pacing(BackfillOptions.defaults().until(time.now().plus(timeBox)));
    }

    @AfterEach
    void forgetInterruption() {
        Thread.interrupted();
    }

    @Test
    void a_run_stops_when_its_time_box_is_used_up_and_not_before() {
        Pacing pacing = pacingWithin(Duration.ofMinutes(4));
        time.pass(Duration.ofMinutes(4).minusNanos(1));
        assertThatCode(pacing::checkStop).doesNotThrowAnyException();

        time.pass(Duration.ofNanos(1));

        assertThatThrownBy(pacing::checkStop).isInstanceOf(RunStopped.class).hasMessage("its time box is used up");
    }

    @Test
    void a_time_box_that_ends_while_the_length_of_a_wait_is_reckoned_stops_the_run() {
        var late = new Time() {
            @Override
            public Instant now() {
                return time.now();
            }

            @Override
            public long nanoTime() {
                time.pass(Duration.ofMillis(60));
                return time.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                assertThat(duration).isPositive();
                time.sleep(duration);
            }
        };
        var pacing =
                new Pacing("things", BackfillOptions.defaults().until(time.now().plusMillis(150)), late, listener);

        assertThatThrownBy(() -> pacing.pause("a pause", Duration.ofSeconds(1), Pacing.SignOfLife.NONE))
                .isInstanceOf(RunStopped.class)
                .hasMessage("its time box is used up");
    }

    @Test
    void a_clock_that_jumps_changes_nothing() {
        Pacing pacing = pacingWithin(Duration.ofMinutes(4));

        time.jumpTo(time.now().plus(Duration.ofDays(365)));
        assertThatCode(pacing::checkStop).doesNotThrowAnyException();

        time.jumpTo(time.now().minus(Duration.ofDays(800)));
        time.pass(Duration.ofMinutes(5));
        assertThatThrownBy(pacing::checkStop).isInstanceOf(RunStopped.class);
    }

    @Test
    void a_time_box_that_ended_before_the_run_began_stops_it_at_once() {
        assertThatThrownBy(pacingWithin(Duration.ofSeconds(-1))::checkStop).isInstanceOf(RunStopped.class);
    }

    @Test
    void a_wait_ends_with_the_time_box() {
        Pacing pacing = pacingWithin(Duration.ofSeconds(25));

        assertThatThrownBy(() -> pacing.pause("lunch", Duration.ofHours(1), () -> signs++))
                .isInstanceOf(RunStopped.class);

        assertThat(time.slept()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void a_long_wait_gives_three_signs_of_life_per_lease() throws SQLException {
        pacing(BackfillOptions.builder().lease(Duration.ofSeconds(30)).build())
                .pause("lunch", Duration.ofMinutes(5), () -> signs++);

        assertThat(signs).isEqualTo(30);
        assertThat(time.slept()).isEqualTo(Duration.ofMinutes(5));
        assertThat(reasons).containsExactly("lunch");
    }

    @Test
    void many_short_waits_give_as_many_signs_as_a_long_one() throws SQLException {
        Pacing pacing =
                pacing(BackfillOptions.builder().lease(Duration.ofSeconds(30)).build());

        for (int i = 0; i < 300; i++) {
            pacing.pause("once more", Duration.ofSeconds(1), () -> signs++);
        }

        assertThat(signs).isEqualTo(30);
    }

    @Test
    void an_interruption_ends_a_wait_and_stays_visible() {
        Pacing pacing = pacing(BackfillOptions.defaults());
        time.onSleep(slept -> Thread.currentThread().interrupt());

        assertThatThrownBy(() -> pacing.pause("lunch", Duration.ofHours(1), () -> signs++))
                .isInstanceOf(RunStopped.class)
                .hasMessage("it was told to end");

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(time.sleeps()).hasSize(1);
    }

    @Test
    void each_attempt_waits_longer_up_to_a_limit_and_never_to_the_same_beat() throws SQLException {
        Pacing pacing = pacing(BackfillOptions.defaults());

        for (int attempt = 1; attempt <= 200; attempt++) {
            pacing.backOff("a conflict", attempt, () -> signs++);
        }

        List<Duration> sleeps = time.sleeps();
        assertThat(sleeps.get(0)).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
        assertThat(sleeps.get(3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(sleeps).allSatisfy(slept -> assertThat(slept).isLessThanOrEqualTo(Duration.ofSeconds(5)));
        assertThat(sleeps.subList(100, 200).stream().distinct().count()).isGreaterThan(10);
    }

    @Test
    void a_throttle_query_is_asked_until_it_answers_a_zero_of_any_kind() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            for (String zero : List.of("0", "0.000", "'0.0'", "-0.0")) {
                pacing(throttledBy("SELECT " + zero)).throttle(connection, () -> signs++);
            }
            assertThat(reasons).isEmpty();

            for (String other : List.of("1", "0.001", "NULL", "'fine'", "1 WHERE 1 = 0")) {
                Pacing pacing =
                        pacing(throttledBy("SELECT " + other).until(time.now().plusSeconds(3)));
                assertThatThrownBy(() -> pacing.throttle(connection, () -> signs++))
                        .isInstanceOf(RunStopped.class);
            }
        }
        assertThat(reasons.stream().distinct())
                .containsExactly(
                        "the throttle query answers 1",
                        "the throttle query answers 0.001",
                        "the throttle query answers null",
                        "the throttle query answers fine",
                        "the throttle query answers nothing");
    }

    private static BackfillOptions throttledBy(String query) {
        return BackfillOptions.builder().throttleQuery(query).build();
    }

    @Test
    void without_a_pause_nobody_waits_between_chunks() throws SQLException {
        pacing(BackfillOptions.defaults()).betweenChunks(() -> signs++);

        assertThat(time.sleeps()).isEmpty();
    }
}
