package liquibase.ext.backfill.commands;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteCommandsIT extends CommandsContract {
    SqliteCommandsIT() {
        super(TestDatabase.SQLITE);
    }
}
