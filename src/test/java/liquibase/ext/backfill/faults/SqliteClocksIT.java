package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteClocksIT extends ClocksContract {
    SqliteClocksIT() {
        super(TestDatabase.SQLITE);
    }
}
