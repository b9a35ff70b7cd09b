package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbServiceConnectionIT extends ServerServiceConnectionContract {
    MariadbServiceConnectionIT() {
        super(TestDatabase.MARIADB);
    }
}
