package liquibase.ext.backfill.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.ext.backfill.testing.FreshDatabase;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.yaml.snakeyaml.Yaml;

/**
 * Runs the harness's specifications. They are written in Groovy with Spock, and no test is compiled against them: so
 * neither Groovy nor Spock has to be a dependency of this project, and {@code mvn liquibase:update} downloads neither.
 */
final class Harness {
    private static final Logger LOG = Logger.getLogger("liquibase");

    private final FreshDatabase database;

    Harness(FreshDatabase database) {
        this.database = database;
    }

    /** Whether Liquibase works as ever with this extension on its class path. */
    void runFoundationalTest() throws Exception {
        run("liquibase.harness.compatibility.foundational.FoundationalTest");
    }

    /** update-sql, update, checking SQL and rollback of one case. */
    void runChangeData(String name) throws Exception {
        System.setProperty("changeData", name);
        try {
            run("liquibase.harness.data.ChangeDataTests");
        } finally {
            System.clearProperty("changeData");
        }
    }

    private void run(String specification) throws Exception {
        configure();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(specification))
                .filters(includeEngines("spock"))
                .build();
        var outcomes = new Outcomes();
        Level usual = LOG.getLevel();
        LOG.setLevel(Level.WARNING); // Liquibase logs some hundred lines per case.
        try {
            LauncherFactory.create().execute(request, outcomes);
        } finally {
            LOG.setLevel(usual);
        }
        outcomes.throwFailure();
        assertThat(outcomes.passed())
                .as("what %s ran on %s", specification, database)
                .hasSize(1);
    }

    /** Replaces the one configuration that the harness would read from a file before the servers have their ports. */
    private void configure() throws Exception {
        String configuration = new Yaml()
                .dump(Map.of(
                        "inputFormat",
                        "yaml",
                        // By default it would write the SQL that update-sql gives into src/test/resources.
                        "outputResourcesBase",
                        "target/harness/" + database.name(),
                        "databasesUnderTest",
                        List.of(Map.of(
                                "name", database.product().name().toLowerCase(Locale.ROOT),
                                "url", url(),
                                "username", database.user(),
                                "password", database.password()))));
        Class<?> type = Class.forName("liquibase.harness.config.TestConfig");
        Field instance = type.getDeclaredField("instance");
        instance.setAccessible(true);
        instance.set(null, new Yaml().loadAs(configuration, type));
    }

    /** The harness rolls back to a date in UTC: to nothing, where the server's clock is set to a zone west of it. */
    private String url() {
        return switch (database.product()) {
            case MYSQL, MARIADB ->
                database.url()
                        + (database.url().contains("?") ? "&" : "?")
                        + "sessionVariables=time_zone='-00:00'"; // Connector/J would read +00:00 as a space and 00:00.
            case POSTGRESQL, SQLITE -> database.url(); // Their clock is this JVM's, or UTC.
        };
    }
}
