package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlServiceStartupIT extends ServiceStartupContract {
    PostgresqlServiceStartupIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
