package liquibase.ext.backfill.commands;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlCommandLineIT extends CommandLineContract {
    PostgresqlCommandLineIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
