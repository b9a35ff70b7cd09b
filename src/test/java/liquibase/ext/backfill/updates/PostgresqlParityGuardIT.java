package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlParityGuardIT extends ParityGuardContract {
    PostgresqlParityGuardIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
