package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbSchemaIT extends SchemaContract {
    MariadbSchemaIT() {
        super(TestDatabase.MARIADB);
    }

    @Override
    Schema schema(String name) {
        return new Schema(name, null);
    }

    @Override
    String quoted(String name) {
        return "`" + name + "`";
    }
}
