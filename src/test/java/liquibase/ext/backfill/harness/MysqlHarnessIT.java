package liquibase.ext.backfill.harness;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlHarnessIT extends HarnessContract {
    MysqlHarnessIT() {
        super(TestDatabase.MYSQL);
    }
}
