package liquibase.ext.backfill.pipelineruns;

import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteSystemAnnotationMirrorIT extends SystemAnnotationMirrorContract {
    SqliteSystemAnnotationMirrorIT() {
        super(TestDatabase.SQLITE);
    }

    @Override
    Schema schema(String name) {
        return Schema.DEFAULT;
    }
}
