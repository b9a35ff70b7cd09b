package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlOtherSchemaIT extends OtherSchemaContract {
    PostgresqlOtherSchemaIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
