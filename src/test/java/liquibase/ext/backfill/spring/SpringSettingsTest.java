package liquibase.ext.backfill.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import liquibase.Scope;
import liquibase.configuration.LiquibaseConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Spring's own environment, without what Spring Boot makes of it; and none at all. */
class SpringSettingsTest {
    private static final String KEY = "liquibase.backfill.onFailure";

    @AfterEach
    void forget() {
        start(Map.of());
    }

    private static void start(Map<String, Object> properties) {
        try (var context = new GenericApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
            new SpringSettingsInitializer().initialize(context);
        }
    }

    private static Object found(String key) {
        return Scope.getCurrentScope()
                .getSingleton(LiquibaseConfiguration.class)
                .getCurrentConfiguredValue(null, null, key)
                .getValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"liquibase.backfill.on-failure", KEY})
    void a_setting_is_found_by_springs_spelling_and_by_liquibases(String spelling) {
        start(Map.of(spelling, "report"));

        assertThat(found(KEY)).isEqualTo("report");
    }

    @Test
    void a_placeholder_is_resolved() {
        start(Map.of("liquibase.backfill.on-failure", "${in-services:report}"));

        assertThat(found(KEY)).isEqualTo("report");
    }

    @Test
    void the_application_that_started_last_is_asked() {
        start(Map.of(KEY, "report"));
        start(Map.of());

        assertThat(found(KEY)).isNull();
    }

    @Test
    void a_scope_of_the_caller_goes_before_springs_properties() throws Exception {
        start(Map.of(KEY, "report"));

        Object found = Scope.child(Map.of(KEY, "fail"), () -> found(KEY));

        assertThat(found).isEqualTo("fail");
    }

    @Test
    void no_setting_of_liquibase_itself_is_changed() {
        start(Map.of("liquibase.shouldRun", "false", "liquibase.should-run", "false"));

        assertThat(found("liquibase.shouldRun")).isNull();
    }
}
