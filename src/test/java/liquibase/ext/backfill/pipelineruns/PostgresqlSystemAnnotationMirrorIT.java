package liquibase.ext.backfill.pipelineruns;

import java.sql.SQLException;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgresql")
class PostgresqlSystemAnnotationMirrorIT extends SystemAnnotationMirrorContract {
    PostgresqlSystemAnnotationMirrorIT() {
        super(TestDatabase.POSTGRESQL, "reWriteBatchedInserts=true", "preferQueryMode=simple");
    }

    @Override
    Schema schema(String name) {
        return new Schema(null, name);
    }

    @Test
    void another_schema_than_the_connections_own_is_written_to() throws SQLException {
        assertThatAnotherSchemaIsWrittenTo();
    }
}
