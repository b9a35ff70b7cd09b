package liquibase.ext.backfill.testing;

import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteTestDatabaseIT extends TestDatabaseContract {
    SqliteTestDatabaseIT() {
        super(TestDatabase.SQLITE, "SQLite", "3\\..*");
    }
}
