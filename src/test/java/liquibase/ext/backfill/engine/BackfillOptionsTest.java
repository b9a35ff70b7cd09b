package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BackfillOptionsTest {
    static Stream<Arguments> unsafe() {
        return Stream.of(
                row(options -> options.chunkRows(0), "chunkSize is 0: use 1 to 100000 rows"),
                row(options -> options.chunkRows(100_001), "because a chunk's locks are held until all its rows"),
                row(options -> options.targetChunkTime(Duration.ofMillis(9)), "targetChunkTime is 9ms"),
                row(options -> options.targetChunkTime(Duration.ofSeconds(11)), "use 10ms to 10s"),
                row(options -> options.timeouts(Duration.ZERO, Duration.ofSeconds(1)), "lockTimeout is 0ms"),
                row(options -> options.timeouts(Duration.ofHours(1), Duration.ofSeconds(1)), "lockTimeout is 1h"),
                row(options -> options.timeouts(Duration.ofSeconds(1), Duration.ZERO), "statementTimeout is 0ms"),
                row(options -> options.pause(Duration.ofMillis(-1)), "pause is -1ms"),
                row(options -> options.pause(Duration.ofMinutes(11)), "pause is 11m: use 0ms to 10m"),
                row(options -> options.lease(Duration.ofMillis(999)), "lease is 999ms"),
                row(options -> options.attempts(0), "attempts is 0: use 1 to 1000"),
                row(options -> options.attempts(1001), "attempts is 1001"),
                row(options -> options.throttleQuery(" "), "throttleQuery is \" \": use a SELECT"),
                row(options -> options.throttleQuery("DELETE FROM thing"), "use a SELECT that answers 0"),
                row(options -> options.throttleQuery("SELECTED"), "use a SELECT that answers 0"));
    }

    private static Arguments row(Consumer<BackfillOptions.Builder> setting, String reason) {
        return arguments(setting, reason);
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void an_unsafe_setting_is_refused_with_the_reason(Consumer<BackfillOptions.Builder> setting, String reason) {
        BackfillOptions.Builder options = BackfillOptions.builder();
        setting.accept(options);

        assertThatIllegalArgumentException().isThrownBy(options::build).withMessageContaining(reason);
    }

    @Test
    void a_query_may_begin_with_a_line_break_and_be_of_any_case() {
        assertThat(BackfillOptions.builder()
                        .throttleQuery("\n  with l AS (SELECT 0)\nselect * from l")
                        .build()
                        .throttleQuery())
                .isPresent();
    }

    @Test
    void the_default_is_serializable_and_adaptive() {
        BackfillOptions defaults = BackfillOptions.defaults();

        assertThat(defaults.isolation()).isEqualTo(Isolation.SERIALIZABLE);
        assertThat(defaults.chunkRows()).isEmpty();
        assertThat(defaults.targetChunkTime()).isEqualTo(Duration.ofMillis(200));
        assertThat(defaults.deadline()).isEmpty();
    }
}
