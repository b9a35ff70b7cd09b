package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlValidationIT extends ValidationContract {
    MysqlValidationIT() {
        super(TestDatabase.MYSQL, "LOCK=NONE");
    }
}
