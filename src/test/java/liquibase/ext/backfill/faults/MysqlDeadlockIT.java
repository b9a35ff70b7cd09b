package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlDeadlockIT extends DeadlockContract {
    MysqlDeadlockIT() {
        super(TestDatabase.MYSQL);
    }
}
