package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlLimitsIT extends LimitsContract {
    MysqlLimitsIT() {
        super(TestDatabase.MYSQL);
    }
}
