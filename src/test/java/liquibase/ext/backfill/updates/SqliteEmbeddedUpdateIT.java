package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteEmbeddedUpdateIT extends EmbeddedUpdateContract {
    SqliteEmbeddedUpdateIT() {
        super(TestDatabase.SQLITE);
    }
}
