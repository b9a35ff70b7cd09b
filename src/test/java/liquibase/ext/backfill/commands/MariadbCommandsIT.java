package liquibase.ext.backfill.commands;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbCommandsIT extends CommandsContract {
    MariadbCommandsIT() {
        super(TestDatabase.MARIADB);
    }
}
