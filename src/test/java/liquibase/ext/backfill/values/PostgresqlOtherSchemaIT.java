package liquibase.ext.backfill.values;

import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlOtherSchemaIT extends OtherSchemaContract {
    PostgresqlOtherSchemaIT() {
        super(TestDatabase.POSTGRESQL);
    }

    @Override
    Schema schema(String name) {
        return new Schema(null, name);
    }

    @Override
    String quoted(String name) {
        return "\"" + name + "\"";
    }
}
