package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbCutValuesIT extends CutValuesContract {
    MariadbCutValuesIT() {
        super(TestDatabase.MARIADB);
    }
}
