package liquibase.ext.backfill.values;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbWholeTableIT extends WholeTableContract {
    MariadbWholeTableIT() {
        super(TestDatabase.MARIADB);
    }
}
