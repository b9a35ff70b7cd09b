package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbSwallowedIT extends SwallowedContract {
    MariadbSwallowedIT() {
        super(TestDatabase.MARIADB);
    }
}
