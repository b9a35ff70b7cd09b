package liquibase.ext.backfill.engine;

import java.util.Map;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlRaceIT extends RaceContract {
    PostgresqlRaceIT() {
        super(
                TestDatabase.POSTGRESQL,
                Map.of(
                        "WRITER READ_COMMITTED", new String[] {"23505 duplicate key", SKIPS},
                        "WRITER SERIALIZABLE", new String[] {"23505 duplicate key", REPEATS},
                        "MIGRATION READ_COMMITTED", new String[] {"23505 duplicate key", SKIPS},
                        "MIGRATION SERIALIZABLE", new String[] {"40001 serialization failure", REPEATS}));
    }
}
