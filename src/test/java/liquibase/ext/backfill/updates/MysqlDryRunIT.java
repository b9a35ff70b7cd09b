package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlDryRunIT extends DryRunContract {
    MysqlDryRunIT() {
        super(TestDatabase.MYSQL);
    }
}
