package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import liquibase.ext.backfill.pipelineruns.NewRun;
import liquibase.util.LiquibaseUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

/** The service as it starts with the starter's own SpringLiquibase. */
@SpringBootTest
abstract class ServiceContract {
    @Autowired
    private Runs runs;

    @Autowired
    private JdbcTemplate jdbc;

    /** For the build that runs this one. */
    @BeforeAll
    static void sayWhatIsTested() {
        System.out.printf(
                "Spring Boot %s with Liquibase %s%n", SpringBootVersion.getVersion(), LiquibaseUtil.getBuildVersion());
    }

    private List<String> annotations(String run) {
        return jdbc.queryForList(
                "SELECT REPLACE(a.key, 'system/pipeline_run.', '') || '=' || a.value"
                        + " FROM pipeline_run_annotation a WHERE a.pipeline_run_id = ? ORDER BY 1",
                String.class,
                run);
    }

    @Test
    void runs_that_are_older_than_their_annotations_have_them_when_the_service_has_started() {
        assertThat(annotations("old")).containsExactly("created_by=alice", "name=Train");
        assertThat(annotations("older")).containsExactly("created_by=", "name=The component");
    }

    @Test
    void a_new_run_is_committed_together_with_its_annotations() {
        runs.create(new NewRun("new", "bob", "Nightly"));

        assertThat(annotations("new")).containsExactly("created_by=bob", "name=Nightly");
    }

    @Test
    void a_new_run_is_rolled_back_together_with_its_annotations() {
        assertThatThrownBy(() -> runs.create(new NewRun("never", "bob", "refused")))
                .hasMessage("the service has second thoughts");

        assertThat(annotations("never")).isEmpty();
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM pipeline_run WHERE id = 'never'", Integer.class))
                .isZero();
    }
}
