package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlServerDeathIT extends ServerDeathContract {
    MysqlServerDeathIT() {
        super(TestDatabase.MYSQL);
    }
}
