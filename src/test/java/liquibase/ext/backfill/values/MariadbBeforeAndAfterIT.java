package liquibase.ext.backfill.values;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbBeforeAndAfterIT extends BeforeAndAfterContract {
    MariadbBeforeAndAfterIT() {
        super(TestDatabase.MARIADB);
    }
}
