package liquibase.ext.backfill.engine;

import java.util.Map;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbRaceIT extends RaceContract {
    MariadbRaceIT() {
        super(
                TestDatabase.MARIADB,
                Map.of(
                        "WRITER READ_COMMITTED", new String[] {"1062 duplicate key", REPEATS},
                        "WRITER SERIALIZABLE", new String[] {"", WAITS},
                        "MIGRATION READ_COMMITTED", new String[] {"1062 duplicate key", REPEATS},
                        "MIGRATION SERIALIZABLE", new String[] {"1213 deadlock", WAITS}));
    }
}
