package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlConcurrencyIT extends ConcurrencyContract {
    MysqlConcurrencyIT() {
        super(TestDatabase.MYSQL);
    }
}
