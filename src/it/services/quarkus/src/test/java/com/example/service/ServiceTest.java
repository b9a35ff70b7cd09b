package com.example.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import liquibase.ext.backfill.pipelineruns.NewRun;
import liquibase.util.LiquibaseUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = Database.class, restrictToAnnotatedClass = true)
class ServiceTest {
    @Inject
    Runs runs;

    @Inject
    DataSource dataSource;

    /** For the build that runs this one. */
    @BeforeAll
    static void sayWhatIsTested() {
        System.out.printf(
                "Quarkus %s with Liquibase %s%n",
                io.quarkus.builder.Version.getVersion(), LiquibaseUtil.getBuildVersion());
    }

    private List<String> annotations(String run) throws SQLException {
        return Database.read(
                dataSource,
                "SELECT REPLACE(key, 'system/pipeline_run.', '') || '=' || value FROM pipeline_run_annotation"
                        + " WHERE pipeline_run_id = '" + run + "' ORDER BY 1");
    }

    @Test
    void runs_that_are_older_than_their_annotations_have_them_when_the_service_has_started() throws SQLException {
        assertEquals(List.of("created_by=alice", "name=Train"), annotations("old"));
        assertEquals(List.of("created_by=", "name=The component"), annotations("older"));
    }

    @Test
    void a_new_run_is_committed_together_with_its_annotations() throws SQLException {
        runs.create(new NewRun("new", "bob", "Nightly"));

        assertEquals(List.of("created_by=bob", "name=Nightly"), annotations("new"));
    }

    @Test
    void a_new_run_is_rolled_back_together_with_its_annotations() throws SQLException {
        assertThrows(
                IllegalArgumentException.class, () -> runs.create(new NewRun("never", "bob", "refused")));

        assertEquals(List.of(), annotations("never"));
        assertEquals(List.of(), Database.read(dataSource, "SELECT id FROM pipeline_run WHERE id = 'never'"));
    }
}
