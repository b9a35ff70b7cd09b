package liquibase.ext.backfill.values;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteWholeTableIT extends WholeTableContract {
    SqliteWholeTableIT() {
        super(TestDatabase.SQLITE);
    }
}
