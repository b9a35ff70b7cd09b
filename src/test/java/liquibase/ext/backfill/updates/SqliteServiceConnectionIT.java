package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteServiceConnectionIT extends ServiceConnectionContract {
    SqliteServiceConnectionIT() {
        super(TestDatabase.SQLITE);
    }
}
