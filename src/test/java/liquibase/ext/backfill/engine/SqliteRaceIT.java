package liquibase.ext.backfill.engine;

import java.util.Map;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteRaceIT extends RaceContract {
    SqliteRaceIT() {
        super(
                TestDatabase.SQLITE,
                Map.of(
                        "WRITER READ_COMMITTED", new String[] {"5 BUSY", REPEATS},
                        "WRITER SERIALIZABLE", new String[] {"5 BUSY", REPEATS},
                        "MIGRATION READ_COMMITTED", new String[] {"5 BUSY", REPEATS},
                        "MIGRATION SERIALIZABLE", new String[] {"5 BUSY", REPEATS}));
    }
}
