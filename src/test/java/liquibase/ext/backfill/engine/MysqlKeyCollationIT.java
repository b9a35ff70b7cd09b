package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlKeyCollationIT extends KeyCollationContract {
    MysqlKeyCollationIT() {
        super(TestDatabase.MYSQL);
    }
}
