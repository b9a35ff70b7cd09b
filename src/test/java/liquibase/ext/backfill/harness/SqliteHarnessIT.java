package liquibase.ext.backfill.harness;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteHarnessIT extends HarnessContract {
    SqliteHarnessIT() {
        super(TestDatabase.SQLITE);
    }
}
