package liquibase.ext.backfill.testing;

import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbTestDatabaseIT extends TestDatabaseContract {
    MariadbTestDatabaseIT() {
        super(TestDatabase.MARIADB, "MariaDB", "11\\.4\\..*");
    }
}
