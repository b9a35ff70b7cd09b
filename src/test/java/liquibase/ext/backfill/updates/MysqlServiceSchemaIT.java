package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlServiceSchemaIT extends ServiceSchemaContract {
    MysqlServiceSchemaIT() {
        super(TestDatabase.MYSQL);
    }
}
