package liquibase.ext.backfill.testing;

import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlTestDatabaseIT extends TestDatabaseContract {
    MysqlTestDatabaseIT() {
        super(TestDatabase.MYSQL, "MySQL", "(8\\.0|9)\\..*");
    }
}
