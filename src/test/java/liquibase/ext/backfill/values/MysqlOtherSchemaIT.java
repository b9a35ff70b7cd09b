package liquibase.ext.backfill.values;

import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlOtherSchemaIT extends OtherSchemaContract {
    MysqlOtherSchemaIT() {
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
