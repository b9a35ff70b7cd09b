package liquibase.ext.backfill.startup;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlReplicasIT extends ReplicasContract {
    MysqlReplicasIT() {
        super(TestDatabase.MYSQL);
    }
}
