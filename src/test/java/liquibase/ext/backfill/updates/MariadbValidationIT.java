package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbValidationIT extends ValidationContract {
    MariadbValidationIT() {
        super(TestDatabase.MARIADB, "LOCK=NONE");
    }
}
