package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlSwallowedIT extends SwallowedContract {
    MysqlSwallowedIT() {
        super(TestDatabase.MYSQL);
    }
}
