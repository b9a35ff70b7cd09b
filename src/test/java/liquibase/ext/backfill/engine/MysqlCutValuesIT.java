package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlCutValuesIT extends CutValuesContract {
    MysqlCutValuesIT() {
        super(TestDatabase.MYSQL);
    }
}
