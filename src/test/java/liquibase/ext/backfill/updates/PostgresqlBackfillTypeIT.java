package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlBackfillTypeIT extends BackfillTypeContract {
    PostgresqlBackfillTypeIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
