package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteServiceStartupIT extends ServiceStartupContract {
    SqliteServiceStartupIT() {
        super(TestDatabase.SQLITE);
    }
}
