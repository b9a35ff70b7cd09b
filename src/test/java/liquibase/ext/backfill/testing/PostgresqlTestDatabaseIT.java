package liquibase.ext.backfill.testing;

import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlTestDatabaseIT extends TestDatabaseContract {
    PostgresqlTestDatabaseIT() {
        super(TestDatabase.POSTGRESQL, "PostgreSQL", "18\\..*");
    }
}
