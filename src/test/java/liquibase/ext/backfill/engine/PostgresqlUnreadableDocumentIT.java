package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Chunks take documents for readable until one is met that PostgreSQL cannot read as it stands. */
@Tag("postgresql")
class PostgresqlUnreadableDocumentIT {
    private static final String REPAIRING = "regexp_replace";

    @Test
    void an_unreadable_document_costs_one_repetition_and_no_value() throws Exception {
        List<String> inserts = new ArrayList<>();
        var counting = new Hooked.Hook() {
            @Override
            public void before(String sent) {
                if (sent.contains("INSERT INTO \"pipeline_run_annotation\"")) {
                    inserts.add(sent);
                }
            }
        };
        try (FreshDatabase database = TestDatabase.POSTGRESQL.freshDatabase();
                Connection connection = database.connect()) {
            PipelineTables tables = PipelineTables.on(TestDatabase.POSTGRESQL).create(connection);
            for (int i = 1; i <= 6; i++) {
                String other = i == 3 ? "\\u0000" : "\\u00e9";
                tables.add(
                        connection,
                        Run.of("k" + i, null, "{\"pipeline_name\": \"n%d\", \"x\": \"%s\"}".formatted(i, other), "{}"));
            }

            BackfillResult result = run(Hooked.connection(connection, counting));

            assertThat(inserts).hasSize(4);
            assertThat(inserts.subList(0, 2)).noneMatch(insert -> insert.contains(REPAIRING));
            assertThat(inserts.subList(2, 4)).allMatch(insert -> insert.contains(REPAIRING));
            assertThat(result.counts()).isEqualTo(new Checkpoint.Counts(6, 6, 0, 3, 0));
            assertThat(tables.annotations(connection))
                    .extracting(Annotation::value)
                    .containsExactlyInAnyOrder("n1", "n2", "n3", "n4", "n5", "n6");
        }
    }

    private static BackfillResult run(Connection connection) throws SQLException {
        return new BackfillEngine(
                        connection,
                        Schema.DEFAULT,
                        CheckpointTable.DEFAULT,
                        BackfillOptions.builder().chunkRows(2).build(),
                        BackfillListener.NONE,
                        Time.system())
                .run(SystemAnnotations.nameFromExtraData());
    }
}
