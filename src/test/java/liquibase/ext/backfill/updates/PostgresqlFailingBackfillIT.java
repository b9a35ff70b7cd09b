package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.EmbeddedLiquibase.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Also what a user may not do, which PostgreSQL is strict about: since version 15 not everybody creates tables. */
@Tag("postgresql")
class PostgresqlFailingBackfillIT extends FailingBackfillContract {
    private String role;

    PostgresqlFailingBackfillIT() {
        super(TestDatabase.POSTGRESQL);
    }

    @AfterEach
    void dropRole() throws SQLException {
        if (role != null) {
            runs.execute("DROP OWNED BY " + role);
            runs.execute("DROP ROLE " + role);
        }
    }

    @Test
    void a_user_who_may_not_create_the_checkpoint_table_is_told_the_statement_that_somebody_else_can_run()
            throws Exception {
        List<Run> some = Run.some(3);
        runs.createTables();
        liquibase().update(BACKFILLS);
        runs.add(some);
        createRole("SELECT, INSERT, UPDATE, DELETE");

        Outcome outcome = updateAsRole();

        assertThat(outcome.failure())
                .contains("backfill pipeline_run.created_by cannot run on PostgreSQL 18.")
                .contains("the checkpoint table \"public\".\"databasechangelogbackfill\" is missing and could not be "
                        + "created")
                .contains("permission denied for schema public");
        assertThat(runs.annotations()).isEmpty();

        runs.execute(outcome.failure()
                .substring(outcome.failure().indexOf("CREATE TABLE"))
                .replaceFirst("(?s)\\n\\).*", ")"));
        runs.execute("GRANT SELECT, INSERT, UPDATE ON databasechangelogbackfill TO " + role);

        assertThat(updateAsRole().failure()).isEmpty();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void a_right_that_was_revoked_is_named_and_what_was_inserted_before_is_kept() throws Exception {
        List<Run> some = Run.some(3);
        runs.createTables();
        runs.add(some);
        liquibase().update(BACKFILLS);
        runs.removeAnnotation(some.get(1).id(), PipelineRuns.NAME);
        var before = runs.annotations();
        createRole("SELECT, INSERT, UPDATE, DELETE");
        runs.execute("REVOKE INSERT ON pipeline_run_annotation FROM " + role);

        Outcome outcome = updateAsRole();

        assertThat(outcome.failure())
                .containsPattern("backfill pipeline_run\\.name/\\w+ failed on PostgreSQL")
                .contains("permission denied for table pipeline_run_annotation");
        assertThat(runs.annotations()).isEqualTo(before);
    }

    private void createRole(String rights) throws SQLException {
        role = "limited_" + database.name();
        runs.execute("CREATE ROLE %s LOGIN PASSWORD 'limited'".formatted(role));
        runs.execute("GRANT %s ON ALL TABLES IN SCHEMA public TO %s".formatted(rights, role));
    }

    private Outcome updateAsRole() throws Exception {
        return EmbeddedLiquibase.run(
                "update", BACKFILLS, Map.of("url", database.url(), "username", role, "password", "limited"), Map.of());
    }
}
