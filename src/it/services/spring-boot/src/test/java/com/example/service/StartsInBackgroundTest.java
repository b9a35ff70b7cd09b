package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.startup.BackfillReport;
import liquibase.ext.backfill.startup.BackgroundBackfills;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What becomes of backfills in the background where not all goes well. */
@ExtendWith(OutputCaptureExtension.class)
class StartsInBackgroundTest {
    private static ConfigurableApplicationContext start(String url, String... properties) {
        return new SpringApplicationBuilder(Service.class)
                .properties("spring.liquibase.enabled=false", "spring.datasource.url=" + url)
                .properties(properties)
                .run();
    }

    @ParameterizedTest
    @EnumSource
    void the_end_of_the_application_stops_them(Databases database) throws Exception {
        BackgroundBackfills backfills;
        try (var context =
                start(database.fresh(), "liquibase.backfill.chunk-size=1", "liquibase.backfill.pause=10m")) {
            backfills = context.getBean(BackgroundBackfills.class);
            var jdbc = context.getBean(JdbcTemplate.class);
            await().until(() -> jdbc.queryForObject("SELECT COUNT(*) FROM pipeline_run_annotation", Integer.class) > 0);
        }

        var report = backfills.report().getNow(null);
        assertThat(report.failed()).isFalse();
        assertThat(report.backfills()).singleElement().satisfies(backfill -> {
            assertThat(backfill.outcome()).isEqualTo(BackfillReport.Outcome.STOPPED);
            assertThat(backfill.inserted()).isEqualTo(1);
        });
        assertThat(report.withoutTurn()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void a_backfill_that_fails_keeps_nobody_from_starting(Databases database, CapturedOutput output)
            throws Exception {
        try (var context = start(FailingBackfillTest.databaseThatRefusesBackfills(database))) {
            var report = context.getBean(BackgroundBackfills.class).report().get(1, TimeUnit.MINUTES);

            assertThat(report.backfills())
                    .hasSize(3)
                    .allSatisfy(backfill ->
                            assertThat(backfill.error().orElseThrow()).contains(FailingBackfillTest.REASON));
            assertThat(output.getAll().lines())
                    .filteredOn(line -> line.contains("ERROR") && line.contains("backfill pipeline_run.created_by"))
                    .hasSize(1);
        }
    }

    /** It is made first, and says nothing about what has to be there before. */
    static class ReadsAtOnce {
        ReadsAtOnce(JdbcTemplate jdbc) {
            jdbc.queryForObject("SELECT COUNT(*) FROM pipeline_run", Integer.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_bean_that_reads_the_database_finds_its_tables(Databases database) {
        new SpringApplicationBuilder(ReadsAtOnce.class, Service.class)
                .properties("spring.liquibase.enabled=false", "spring.datasource.url=" + database.fresh())
                .run()
                .close();
    }
}
