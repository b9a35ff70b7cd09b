package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import liquibase.ext.backfill.dialects.Failure;
import org.junit.jupiter.api.Test;

class ReasonTest {
    @Test
    void a_failure_is_told_in_its_own_words() {
        assertThat(Reason.of(new SQLException("no room"))).isEqualTo("no room");
    }

    @Test
    void inside_a_sentence_it_brings_no_full_stop() {
        assertThat(Reason.of(new SQLException("no room. "))).isEqualTo("no room");
        assertThat(Reason.whole(new SQLException("no room."))).isEqualTo("no room.");
    }

    @Test
    void an_exception_of_a_user_needs_no_message() {
        assertThat(Reason.whole(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void a_failure_without_words_is_told_by_its_kind() {
        assertThat(new StepFailedException("the claim", Failure.PERMANENT, 1, new SQLException()))
                .hasMessageEndingWith("at attempt 1: java.sql.SQLException");
    }
}
