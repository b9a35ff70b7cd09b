package liquibase.ext.backfill.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** A database that grew: no two text columns that a backfill reads or writes have the same collation. */
abstract class MixedCollationsContract {
    private final TestDatabase product;

    MixedCollationsContract(TestDatabase product) {
        this.product = product;
    }

    @Test
    void columns_of_different_collations_are_read_into_one_value() throws SQLException {
        try (FreshDatabase database = product.freshDatabase();
                Connection connection = database.connect()) {
            PipelineTables tables =
                    PipelineTables.on(product).withDocuments("text").create(connection);
            modify(connection, "pipeline_run", "extra_data text", "utf8mb4", "utf8mb4_bin");
            modify(connection, "execution_node", "task_spec text", "utf8mb4", "utf8mb4_general_ci");
            modify(connection, "pipeline_run", "created_by varchar(255)", "latin1", "latin1_swedish_ci");
            modify(connection, "pipeline_run_annotation", "value varchar(255)", "utf8mb4", "utf8mb4_unicode_ci");
            String spec = "{\"componentRef\": {\"spec\": {\"name\": \"spec 😀\"}}}";
            tables.add(connection, Run.of("a", "é", "{\"pipeline_name\": \"extra 😀\"}", spec));
            tables.add(connection, Run.of("b", null, null, spec));

            for (BackfillDefinition definition : SystemAnnotations.all()) {
                BackfillEngine.on(connection).run(definition);
            }

            assertThat(tables.annotations(connection))
                    .containsExactlyInAnyOrder(
                            new Annotation("a", SystemAnnotations.CREATED_BY, "é"),
                            new Annotation("b", SystemAnnotations.CREATED_BY, ""),
                            new Annotation("a", SystemAnnotations.NAME, "extra 😀"),
                            new Annotation("b", SystemAnnotations.NAME, "spec 😀"));
        }
    }

    private static void modify(Connection connection, String table, String column, String characters, String collation)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE %s MODIFY %s CHARACTER SET %s COLLATE %s"
                    .formatted(table, column, characters, collation));
        }
    }
}
