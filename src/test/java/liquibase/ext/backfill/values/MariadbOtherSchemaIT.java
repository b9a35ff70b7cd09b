package liquibase.ext.backfill.values;

import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbOtherSchemaIT extends OtherSchemaContract {
    MariadbOtherSchemaIT() {
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
