package liquibase.ext.backfill.pipelineruns;

import java.sql.SQLException;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("mariadb")
class MariadbSystemAnnotationMirrorIT extends SystemAnnotationMirrorContract {
    MariadbSystemAnnotationMirrorIT() {
        super(
                TestDatabase.MARIADB,
                "useAffectedRows=true",
                "useBulkStmts=true",
                "useServerPrepStmts=true&useBulkStmts=true",
                "allowMultiQueries=true");
    }

    @Override
    Schema schema(String name) {
        return new Schema(name, null);
    }

    @Test
    void another_schema_than_the_connections_own_is_written_to() throws SQLException {
        assertThatAnotherSchemaIsWrittenTo();
    }

    @Test
    void the_service_needs_the_right_to_update_annotations() throws SQLException {
        assertThatTheRightToUpdateIsNeeded("");
    }
}
