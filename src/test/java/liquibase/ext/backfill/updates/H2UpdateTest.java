package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.EmbeddedLiquibase.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.startup.ServiceStartup;
import liquibase.ext.backfill.startup.StartupReport;
import liquibase.ext.backfill.updates.EmbeddedLiquibase.Outcome;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** H2 stands for every database that backfills do not know. */
class H2UpdateTest {
    private static final String REFUSAL =
            " is not supported: backfills run on PostgreSQL, MySQL, MariaDB and SQLite. Nothing was changed.";

    @Test
    void an_unsupported_database_is_refused_before_any_changeset_ran(TestInfo test) throws Exception {
        try (Connection connection = connect(test)) {
            Outcome outcome = update(connection, MASTER, Map.of());

            assertThat(outcome.failure()).contains("H2 2.").contains(REFUSAL);
            assertThat(hasTable(connection, "PIPELINE_RUN")).isFalse();
            assertThat(hasTable(connection, "DATABASECHANGELOGBACKFILL")).isFalse();
        }
    }

    @Test
    void the_refusal_comes_before_missing_tables_are_looked_for(TestInfo test) throws Exception {
        try (Connection connection = connect(test)) {
            assertThat(update(connection, BACKFILLS, Map.of()).failure())
                    .contains(REFUSAL)
                    .doesNotContain("missing");
        }
    }

    @Test
    void mode_skip_silences_it_so_that_a_service_can_test_its_own_changelog_on_h2(TestInfo test) throws Exception {
        try (Connection connection = connect(test)) {
            Outcome outcome = update(connection, BACKFILLS, Map.of("liquibase.backfill.mode", "skip"));

            assertThat(outcome.failure()).isEmpty();
            assertThat(hasTable(connection, "DATABASECHANGELOGBACKFILL")).isFalse();
        }
    }

    @Test
    void a_service_starts_on_it_with_its_schema_and_the_report_says_why_nothing_was_backfilled(TestInfo test)
            throws Exception {
        try (Connection connection = connect(test)) {
            var dataSource = new JdbcDataSource();
            dataSource.setURL(url(test));

            StartupReport report = ServiceStartup.of(dataSource, MASTER).run();

            assertThat(hasTable(connection, "PIPELINE_RUN")).isTrue();
            assertThat(report.failed()).isTrue();
            assertThat(report.problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains(REFUSAL));
            assertThat(report.backfills()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-backfill.yaml", "backfill-of-another-database.yaml"})
    void a_changelog_without_a_backfill_for_it_is_as_valid_as_without_this_extension(String changelog, TestInfo test)
            throws Exception {
        try (Connection connection = connect(test)) {
            for (String command : List.of("validate", "update", "validate")) {
                assertThat(run(command, connection, "changelogs/" + changelog, Map.of())
                                .failure())
                        .isEmpty();
            }
            assertThat(hasTable(connection, "THING")).isTrue();
        }
    }

    private static Connection connect(TestInfo test) throws SQLException {
        return DriverManager.getConnection(url(test));
    }

    private static String url(TestInfo test) {
        return "jdbc:h2:mem:" + test.getTestMethod().orElseThrow().getName();
    }

    private static Outcome update(Connection connection, String changelog, Map<String, Object> settings)
            throws Exception {
        return run("update", connection, changelog, settings);
    }

    private static Outcome run(String command, Connection connection, String changelog, Map<String, Object> settings)
            throws Exception {
        return EmbeddedLiquibase.run(
                command, changelog, Map.of("database", EmbeddedLiquibase.database(connection)), settings);
    }

    private static boolean hasTable(Connection connection, String name) throws SQLException {
        try (var tables = connection.getMetaData().getTables(null, null, name, null)) {
            return tables.next();
        }
    }
}
