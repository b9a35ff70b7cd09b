package liquibase.ext.backfill.commands;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlCommandsIT extends CommandsContract {
    MysqlCommandsIT() {
        super(TestDatabase.MYSQL);
    }
}
