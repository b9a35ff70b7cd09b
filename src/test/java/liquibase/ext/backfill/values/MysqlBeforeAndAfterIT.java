package liquibase.ext.backfill.values;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlBeforeAndAfterIT extends BeforeAndAfterContract {
    MysqlBeforeAndAfterIT() {
        super(TestDatabase.MYSQL);
    }
}
