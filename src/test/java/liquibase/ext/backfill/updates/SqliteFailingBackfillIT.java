package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteFailingBackfillIT extends FailingBackfillContract {
    SqliteFailingBackfillIT() {
        super(TestDatabase.SQLITE);
    }
}
