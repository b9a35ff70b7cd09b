package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is made of a checkpoint for who looks at it. */
class BackfillStatusTest {
    @Test
    void what_never_ran_has_no_progress() {
        var status = new BackfillStatus(
                Things.TOTAL,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty());

        assertThat(status.state()).isEqualTo(CheckpointState.NEW);
        assertThat(status.percent()).isEmpty();
        assertThat(status.rowsPerSecond()).isEmpty();
        assertThat(status.isRedefined()).isFalse();
        assertThat(status.isBroken()).isTrue();
    }

    @Test
    void progress_is_of_what_was_looked_at_and_what_is_left_to_look_at() {
        assertThat(status(CheckpointState.STOPPED, 30, 90).percent()).hasValue(25);
        assertThat(status(CheckpointState.RUNNING, 0, 90).percent()).hasValue(0);
        assertThat(status(CheckpointState.COMPLETE, 30, 90).percent()).hasValue(100);
    }

    @Test
    void where_no_pass_tells_what_is_left_progress_is_not_known() {
        var stopped = checkpoint(Things.TOTAL.fingerprint(), CheckpointState.STOPPED, 30, 4);
        var redefined = checkpoint("of another", CheckpointState.COMPLETE, 30, 4);

        assertThat(status(stopped, OptionalLong.empty()).percent()).isEmpty();
        assertThat(status(redefined, OptionalLong.empty()).percent()).isEmpty();
        assertThat(status(CheckpointState.RUNNING, 0, 0).percent()).hasValue(0);
    }

    @Test
    void speed_is_from_the_begin_to_the_last_sign_of_life() {
        assertThat(status(CheckpointState.STOPPED, 30, 90).rowsPerSecond()).hasValue(5);
        assertThat(status(CheckpointState.STOPPED, 0, 90).rowsPerSecond()).isEmpty();
    }

    @Test
    void a_checkpoint_of_another_definition_is_told_from_one_of_this() {
        assertThat(status(CheckpointState.COMPLETE, 30, 0).isRedefined()).isFalse();
        assertThat(status(checkpoint("of another", CheckpointState.COMPLETE, 30, 4), OptionalLong.empty())
                        .isRedefined())
                .isTrue();
    }

    @Test
    void a_runner_is_at_work_until_its_lease_has_passed() {
        assertThat(checkpoint("f", CheckpointState.RUNNING, 1, 4.999).isHeld()).isTrue();
        assertThat(checkpoint("f", CheckpointState.RUNNING, 1, 5.0).isHeld()).isFalse();
        assertThat(checkpoint("f", CheckpointState.STOPPED, 1, 1).isHeld()).isFalse();
    }

    private static BackfillStatus status(CheckpointState state, long scanned, long left) {
        return status(checkpoint(Things.TOTAL.fingerprint(), state, scanned, 4), OptionalLong.of(left));
    }

    private static BackfillStatus status(Checkpoint checkpoint, OptionalLong left) {
        return new BackfillStatus(
                Things.TOTAL, Optional.of(checkpoint), Optional.empty(), OptionalLong.empty(), left, Optional.empty());
    }

    private static Checkpoint checkpoint(
            String fingerprint, CheckpointState state, long scanned, double secondsSinceUpdate) {
        return new Checkpoint(
                Things.TOTAL.name(),
                fingerprint,
                state,
                Optional.of("somebody"),
                1,
                Duration.ofSeconds(5),
                Optional.empty(),
                Optional.empty(),
                new Checkpoint.Counts(scanned, 0, 0, 0, 0),
                "now",
                secondsSinceUpdate,
                10,
                Optional.empty());
    }
}
