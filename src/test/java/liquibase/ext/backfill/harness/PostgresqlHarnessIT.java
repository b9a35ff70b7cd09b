package liquibase.ext.backfill.harness;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlHarnessIT extends HarnessContract {
    PostgresqlHarnessIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
