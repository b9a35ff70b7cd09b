package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbAllOrNothingIT extends AllOrNothingContract {
    MariadbAllOrNothingIT() {
        super(TestDatabase.MARIADB);
    }
}
