package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlUpdateSqlIT extends UpdateSqlContract {
    PostgresqlUpdateSqlIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
