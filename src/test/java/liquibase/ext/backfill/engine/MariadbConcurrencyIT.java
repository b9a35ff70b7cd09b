package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbConcurrencyIT extends ConcurrencyContract {
    MariadbConcurrencyIT() {
        super(TestDatabase.MARIADB);
    }
}
