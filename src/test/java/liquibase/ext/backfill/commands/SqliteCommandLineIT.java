package liquibase.ext.backfill.commands;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteCommandLineIT extends CommandLineContract {
    SqliteCommandLineIT() {
        super(TestDatabase.SQLITE);
    }
}
