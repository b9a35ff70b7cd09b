package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbBackfillTypeIT extends BackfillTypeContract {
    MariadbBackfillTypeIT() {
        super(TestDatabase.MARIADB);
    }
}
