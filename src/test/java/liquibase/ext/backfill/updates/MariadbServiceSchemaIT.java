package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbServiceSchemaIT extends ServiceSchemaContract {
    MariadbServiceSchemaIT() {
        super(TestDatabase.MARIADB);
    }
}
