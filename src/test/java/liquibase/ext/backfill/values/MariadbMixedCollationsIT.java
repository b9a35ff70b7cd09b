package liquibase.ext.backfill.values;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbMixedCollationsIT extends MixedCollationsContract {
    MariadbMixedCollationsIT() {
        super(TestDatabase.MARIADB);
    }
}
