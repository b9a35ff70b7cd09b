package liquibase.ext.backfill.harness;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbHarnessIT extends HarnessContract {
    MariadbHarnessIT() {
        super(TestDatabase.MARIADB);
    }
}
