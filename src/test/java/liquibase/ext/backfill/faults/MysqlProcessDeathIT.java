package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlProcessDeathIT extends ProcessDeathContract {
    MysqlProcessDeathIT() {
        super(TestDatabase.MYSQL);
    }
}
