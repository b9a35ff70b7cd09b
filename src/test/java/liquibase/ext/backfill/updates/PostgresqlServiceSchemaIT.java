package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlServiceSchemaIT extends ServiceSchemaContract {
    PostgresqlServiceSchemaIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
