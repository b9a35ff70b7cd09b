package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbTimeBoxIT extends TimeBoxContract {
    MariadbTimeBoxIT() {
        super(TestDatabase.MARIADB);
    }
}
