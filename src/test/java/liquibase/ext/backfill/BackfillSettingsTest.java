package liquibase.ext.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import liquibase.Scope;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.Isolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackfillSettingsTest {
    @Test
    void without_settings_the_defaults_hold_and_are_the_engines() throws Exception {
        BackfillSettings settings = settings(Map.of());

        assertThat(settings.mode()).isEqualTo(Mode.AUTO);
        assertThat(settings.onFailure()).isEqualTo(OnFailure.FAIL);
        assertThat(settings.timeBox()).isEmpty();
        assertThat(settings.options()).isEqualTo(BackfillOptions.defaults());
    }

    @Test
    void every_setting_reaches_the_engine() throws Exception {
        BackfillSettings settings = settings(Map.ofEntries(
                Map.entry("mode", "Force"),
                Map.entry("onFailure", "report"),
                Map.entry("timeBox", "4m"),
                Map.entry("isolation", "read-committed"),
                Map.entry("chunkSize", " 500 "),
                Map.entry("targetChunkTime", "50ms"),
                Map.entry("pause", "1s"),
                Map.entry("throttleQuery", "SELECT 0"),
                Map.entry("lockTimeout", "2 s"),
                Map.entry("statementTimeout", "10s"),
                Map.entry("attempts", "3"),
                Map.entry("lease", "1h")));

        assertThat(settings.mode()).isEqualTo(Mode.FORCE);
        assertThat(settings.onFailure()).isEqualTo(OnFailure.REPORT);
        assertThat(settings.timeBox()).contains(Duration.ofMinutes(4));
        BackfillOptions options = settings.options();
        assertThat(options.isolation()).isEqualTo(Isolation.READ_COMMITTED);
        assertThat(options.chunkRows()).isEqualTo(OptionalInt.of(500));
        assertThat(options.targetChunkTime()).isEqualTo(Duration.ofMillis(50));
        assertThat(options.pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.throttleQuery()).contains("SELECT 0");
        assertThat(options.timeouts().lock()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.timeouts().statement()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.attempts()).isEqualTo(3);
        assertThat(options.lease()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mode | on | liquibase.backfill.mode is \"on\": use auto or skip or force",
                "onFailure | ignore | liquibase.backfill.onFailure is \"ignore\": use fail or report",
                "isolation | snapshot | liquibase.backfill.isolation is \"snapshot\": use serializable or read-committed",
                "chunkSize | abc | liquibase.backfill.chunkSize is \"abc\": use a whole number",
                "chunkSize | 1e3 | liquibase.backfill.chunkSize is \"1e3\": use a whole number",
                "chunkSize | 0 | liquibase.backfill.chunkSize is 0: use 1 to 100000 rows",
                "chunkSize | 100001 | liquibase.backfill.chunkSize is 100001: use 1 to 100000 rows",
                "targetChunkTime | 200 | liquibase.backfill.targetChunkTime is \"200\": use a number with its unit",
                "targetChunkTime | 11s | liquibase.backfill.targetChunkTime is 11s: use 10ms to 10s",
                "timeBox | soon | liquibase.backfill.timeBox is \"soon\": use a number with its unit",
                "pause | -1s | liquibase.backfill.pause is \"-1s\": use a number with its unit",
                "pause | 11m | liquibase.backfill.pause is 11m: use 0ms to 10m",
                "lockTimeout | 1ms | liquibase.backfill.lockTimeout is 1ms: use 10ms to 5m",
                "statementTimeout | 2h | liquibase.backfill.statementTimeout is 2h: use 1s to 1h",
                "attempts | 0 | liquibase.backfill.attempts is 0: use 1 to 1000",
                "attempts | many | liquibase.backfill.attempts is \"many\": use a whole number",
                "lease | 10ms | liquibase.backfill.lease is 10ms: use 1s to 1h",
            })
    void a_wrong_setting_is_refused_with_its_name_its_value_and_what_to_use(
            String setting, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(setting, value)))
                .withMessageStartingWith(message);
    }

    private static BackfillSettings settings(Map<String, Object> values) throws Exception {
        var scope = new HashMap<String, Object>();
        values.forEach((key, value) -> scope.put("liquibase.backfill." + key, value));
        var settings = new AtomicReference<BackfillSettings>();
        Scope.child(scope, () -> settings.set(BackfillSettings.current()));
        return settings.get();
    }
}
