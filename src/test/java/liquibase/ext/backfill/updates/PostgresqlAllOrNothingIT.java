package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlAllOrNothingIT extends AllOrNothingContract {
    PostgresqlAllOrNothingIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
