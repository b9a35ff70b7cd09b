package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlEveryStatementIT extends EveryStatementContract {
    MysqlEveryStatementIT() {
        super(TestDatabase.MYSQL);
    }
}
