package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.EmbeddedLiquibase.MASTER;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.EmbeddedLiquibase.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * With {@code --default-schema-name}, guard and backfill look at that schema (PostgreSQL) or database (MySQL, MariaDB),
 * whatever the tables of the same names in the connection's own one hold.
 */
abstract class OtherSchemaContract extends UpdateContract {
    private FreshDatabase otherDatabase;
    private String schema;
    private PipelineRuns inOther;

    OtherSchemaContract(TestDatabase product) {
        super(product);
    }

    @BeforeEach
    void createOther() throws SQLException {
        if (product == TestDatabase.POSTGRESQL) {
            schema = "other";
            runs.execute("CREATE SCHEMA other");
        } else {
            otherDatabase = product.freshDatabase();
            schema = otherDatabase.name();
        }
        inOther = runs.in(schema);
    }

    @AfterEach
    void dropOther() throws SQLException {
        if (otherDatabase != null) {
            otherDatabase.close();
        }
    }

    @Test
    void runs_of_the_other_schema_are_backfilled_although_parity_holds_in_the_connections_own() throws Exception {
        List<Run> own = Run.some(3);
        runs.createTables();
        runs.add(own);
        liquibase().update(BACKFILLS);
        List<Run> others = Run.some(7);
        inOther.createTables();
        inOther.add(others);

        Outcome outcome = liquibase().updateIn(schema, BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        assertThat(inOther.annotations()).isEqualTo(inParity(others));
        assertThat(runs.annotations()).isEqualTo(inParity(own));
    }

    @Test
    void nothing_is_done_although_runs_of_the_connections_own_schema_lack_their_annotations() throws Exception {
        runs.createTables();
        runs.add(Run.some(3));
        inOther.createTables();

        Outcome outcome = liquibase().updateIn(schema, BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.said()).doesNotContain("Backfill");
        assertThat(inOther.recorded()).isEmpty();
        assertThat(runs.annotations()).isEmpty();
    }

    @Test
    void the_master_changelog_makes_its_tables_there_and_finds_runs_again_at_the_next_update() throws Exception {
        liquibase().updateIn(schema, MASTER);
        List<Run> some = Run.some(4);
        inOther.add(some);

        Outcome outcome = liquibase().updateIn(schema, MASTER);

        assertThat(outcome.failure()).isEmpty();
        assertThat(inOther.annotations()).isEqualTo(inParity(some));
        assertThat(inOther.checkpoint("pipeline_run.created_by")).startsWith("COMPLETE");
        assertThat(runs.hasTable("pipeline_run")).isFalse();
        assertThat(runs.hasTable("DATABASECHANGELOGBACKFILL")).isFalse();
    }

    @Test
    void update_sql_prints_statements_that_name_the_other_schema() throws Exception {
        inOther.createTables();
        inOther.add(Run.some(4));

        Outcome outcome = liquibase().updateSqlIn(schema, BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.said())
                .containsPattern("INSERT INTO [\"`]" + schema + "[\"`]\\.[\"`]pipeline_run_annotation[\"`]");
        assertThat(inOther.annotations()).isEmpty();
    }
}
