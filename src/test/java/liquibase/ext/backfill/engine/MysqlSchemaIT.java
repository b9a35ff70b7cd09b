package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlSchemaIT extends SchemaContract {
    MysqlSchemaIT() {
        super(TestDatabase.MYSQL);
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
