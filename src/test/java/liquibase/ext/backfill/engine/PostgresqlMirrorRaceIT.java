package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlMirrorRaceIT extends MirrorRaceContract {
    PostgresqlMirrorRaceIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
