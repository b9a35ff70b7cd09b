package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Nobody can repeat a failure whose seed is not known. */
class SeededTest {
    private static Throwable seeded(Throwable failure) {
        return catchThrowable(() -> new Seeded().handleTestExecutionException(null, failure));
    }

    @Test
    void a_failed_assertion_says_what_repeats_it() {
        var failure = new AssertionError("lost");

        assertThat(seeded(failure))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "with -Dbackfill.faults.seed=%d -Dbackfill.faults.rounds=%d: lost", Chance.SEED, Chance.ROUNDS)
                .hasCause(failure);
    }

    @Test
    void an_error_says_it_too() {
        var failure = new SQLException("no such table");

        assertThat(seeded(failure))
                .isSameAs(failure)
                .hasSuppressedException(new AssertionError("with " + Chance.options()));
    }
}
