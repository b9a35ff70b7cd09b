package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteValidationIT extends ValidationContract {
    SqliteValidationIT() {
        super(TestDatabase.SQLITE, "CREATE UNIQUE INDEX");
    }
}
