package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlClocksIT extends ClocksContract {
    PostgresqlClocksIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
