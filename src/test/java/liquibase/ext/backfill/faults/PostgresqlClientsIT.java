package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlClientsIT extends ServerClientsContract {
    PostgresqlClientsIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
