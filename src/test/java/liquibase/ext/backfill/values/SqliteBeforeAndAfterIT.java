package liquibase.ext.backfill.values;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteBeforeAndAfterIT extends BeforeAndAfterContract {
    SqliteBeforeAndAfterIT() {
        super(TestDatabase.SQLITE);
    }
}
