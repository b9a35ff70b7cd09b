package liquibase.ext.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.013S, 13 ms",
        "PT0.999S, 999 ms",
        "PT1S, 1.0 s",
        "PT59.99S, 59.9 s",
        "PT1M, 1 min 0 s",
        "PT59M59.9S, 59 min 59 s",
        "PT1H, 1 h 0 min",
        "PT49H3M, 49 h 3 min"
    })
    void a_duration_is_said_in_the_units_that_matter(Duration duration, String text) {
        assertThat(DurationText.of(duration)).isEqualTo(text);
    }
}
