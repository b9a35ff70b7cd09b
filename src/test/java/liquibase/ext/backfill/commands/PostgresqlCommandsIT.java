package liquibase.ext.backfill.commands;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlCommandsIT extends CommandsContract {
    PostgresqlCommandsIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
