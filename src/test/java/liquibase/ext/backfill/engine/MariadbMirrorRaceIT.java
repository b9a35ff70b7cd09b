package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbMirrorRaceIT extends MirrorRaceContract {
    MariadbMirrorRaceIT() {
        super(TestDatabase.MARIADB);
    }
}
