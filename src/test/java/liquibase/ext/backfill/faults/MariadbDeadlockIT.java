package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbDeadlockIT extends DeadlockContract {
    MariadbDeadlockIT() {
        super(TestDatabase.MARIADB);
    }
}
