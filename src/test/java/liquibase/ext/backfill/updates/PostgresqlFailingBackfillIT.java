package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlFailingBackfillIT extends FailingBackfillContract {
    PostgresqlFailingBackfillIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
