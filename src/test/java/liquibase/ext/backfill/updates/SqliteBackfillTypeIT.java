package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteBackfillTypeIT extends BackfillTypeContract {
    SqliteBackfillTypeIT() {
        super(TestDatabase.SQLITE);
    }
}
