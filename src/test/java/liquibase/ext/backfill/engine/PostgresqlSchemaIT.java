package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlSchemaIT extends SchemaContract {
    PostgresqlSchemaIT() {
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
