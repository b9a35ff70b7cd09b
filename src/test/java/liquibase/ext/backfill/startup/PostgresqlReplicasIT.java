package liquibase.ext.backfill.startup;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlReplicasIT extends ReplicasContract {
    PostgresqlReplicasIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
