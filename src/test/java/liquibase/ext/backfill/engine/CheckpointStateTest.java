package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointStateTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    NEW,      RUNNING
                    RUNNING,  RUNNING STOPPED FAILED COMPLETE
                    STOPPED,  RUNNING
                    FAILED,   RUNNING
                    COMPLETE, RUNNING""")
    void each_state_is_followed_by_these_and_no_other(CheckpointState from, String followers) {
        for (CheckpointState to : CheckpointState.values()) {
            if (followers.contains(to.name())) {
                assertThat(from.then(to)).isEqualTo(to);
            } else {
                assertThatIllegalStateException()
                        .isThrownBy(() -> from.then(to))
                        .withMessageStartingWith("a checkpoint that is %s cannot become %s", from, to);
            }
        }
    }

    @Test
    void what_was_not_brought_to_its_end_is_gone_on_with() {
        assertThat(CheckpointState.values())
                .filteredOn(CheckpointState::resumes)
                .containsExactly(CheckpointState.RUNNING, CheckpointState.STOPPED, CheckpointState.FAILED);
    }
}
