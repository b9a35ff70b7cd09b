package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlServiceConnectionIT extends ServerServiceConnectionContract {
    PostgresqlServiceConnectionIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
