package liquibase.ext.backfill.values;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlMixedCollationsIT extends MixedCollationsContract {
    MysqlMixedCollationsIT() {
        super(TestDatabase.MYSQL);
    }
}
