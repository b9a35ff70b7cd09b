package liquibase.ext.backfill.values;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlBeforeAndAfterIT extends BeforeAndAfterContract {
    PostgresqlBeforeAndAfterIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
