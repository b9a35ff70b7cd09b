package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.pipelineruns.NewRun;
import liquibase.ext.backfill.startup.BackgroundBackfills;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

/** The service with backfills as a bean of its own. */
@SpringBootTest(properties = "spring.liquibase.enabled=false")
abstract class BackgroundContract {
    @Autowired
    private BackgroundBackfills backfills;

    @Autowired
    private Runs runs;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void old_and_new_runs_have_their_annotations_when_the_backfills_have_ended() throws Exception {
        runs.create(new NewRun("new", "bob", "Nightly"));

        var report = backfills.report().get(1, TimeUnit.MINUTES);

        assertThat(report.failed()).isFalse();
        assertThat(report.withoutTurn()).isEmpty();
        assertThat(jdbc.queryForList(
                        "SELECT a.pipeline_run_id || ' ' || a.value FROM pipeline_run_annotation a ORDER BY 1",
                        String.class))
                .containsExactlyInAnyOrder(
                        "old alice", "old Train", "older ", "older The component", "new bob", "new Nightly");
    }
}
