package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The service's table of annotations lacks the unique constraint without which no backfill runs. */
@ExtendWith(OutputCaptureExtension.class)
class FailingBackfillTest {
    static final String REASON = "has no primary key or unique constraint over (pipeline_run_id, key)";

    static String databaseThatRefusesBackfills(Databases database) throws SQLException {
        String url = database.fresh();
        Databases.execute(
                url,
                "CREATE TABLE pipeline_run_annotation"
                        + " (pipeline_run_id varchar(20) NOT NULL, key varchar(255) NOT NULL, value varchar(255))");
        return url;
    }

    /** As in application.properties. */
    private static ConfigurableApplicationContext start(String url, String... properties) {
        return new SpringApplicationBuilder(Service.class)
                .properties("spring.datasource.url=" + url)
                .properties(properties)
                .run();
    }

    static Stream<Arguments> spellings() {
        return Stream.of(Databases.values())
                .flatMap(database -> Stream.of(
                                "liquibase.backfill.on-failure", "liquibase.backfill.onFailure", "liquibase.backfill.on_failure")
                        .map(spelling -> Arguments.of(database, spelling)));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void does_not_keep_the_service_from_starting_if_it_is_to_be_reported(
            Databases database, String spelling, CapturedOutput output) throws SQLException {
        try (var context = start(databaseThatRefusesBackfills(database), spelling + "=report")) {
            var jdbc = context.getBean(JdbcTemplate.class);

            assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM pipeline_run", Integer.class))
                    .isEqualTo(2);
            assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM pipeline_run_annotation", Integer.class))
                    .isZero();
            assertThat(output.getAll().lines())
                    .filteredOn(line -> line.contains("ERROR")
                            && line.contains("backfill pipeline_run.created_by")
                            && line.contains(REASON))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keeps_the_service_from_starting_if_nothing_else_is_said(Databases database) throws SQLException {
        String url = databaseThatRefusesBackfills(database);

        assertThatThrownBy(() -> start(url).close()).hasStackTraceContaining(REASON);
    }

    @ParameterizedTest
    @EnumSource
    void is_left_out_on_request(Databases database, CapturedOutput output) throws SQLException {
        try (var context = start(databaseThatRefusesBackfills(database), "liquibase.backfill.mode=skip")) {
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForObject("SELECT COUNT(*) FROM pipeline_run_annotation", Integer.class))
                    .isZero();
            assertThat(output).contains("skipped: liquibase.backfill.mode is skip");
        }
    }

    /** One application's properties are not the next one's. */
    @ParameterizedTest
    @EnumSource
    void fails_again_in_an_application_that_says_nothing_after_one_that_did(Databases database) throws SQLException {
        start(databaseThatRefusesBackfills(database), "liquibase.backfill.on-failure=report").close();
        String url = databaseThatRefusesBackfills(database);

        assertThatThrownBy(() -> start(url).close()).hasStackTraceContaining(REASON);
    }

    @ParameterizedTest
    @EnumSource
    void obeys_the_command_line_before_system_properties(Databases database) throws SQLException {
        String url = databaseThatRefusesBackfills(database);
        System.setProperty("liquibase.backfill.onFailure", "fail");
        try {
            new SpringApplicationBuilder(Service.class)
                    .properties("spring.datasource.url=" + url)
                    .run("--liquibase.backfill.on-failure=report")
                    .close();
        } finally {
            System.clearProperty("liquibase.backfill.onFailure");
        }
    }

    /** By the name that Liquibase itself has for it, and by the one that Spring Boot makes of it. */
    @ParameterizedTest
    @CsvSource({
        "SQLITE, LIQUIBASE_BACKFILL_ON_FAILURE",
        "SQLITE, LIQUIBASE_BACKFILL_ONFAILURE",
        "POSTGRESQL, LIQUIBASE_BACKFILL_ON_FAILURE"
    })
    void obeys_the_process_environment_before_the_applications_own_properties(Databases database, String variable)
            throws SQLException {
        String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(source, new SystemEnvironmentPropertySource(source, Map.of(variable, "report")));

        new SpringApplicationBuilder(Service.class)
                .environment(environment)
                .properties("liquibase.backfill.on-failure=fail")
                .properties("spring.datasource.url=" + databaseThatRefusesBackfills(database))
                .run()
                .close();
    }
}
