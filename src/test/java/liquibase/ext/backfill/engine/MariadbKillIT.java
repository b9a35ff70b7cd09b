package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbKillIT extends KillContract {
    MariadbKillIT() {
        super(TestDatabase.MARIADB);
    }
}
