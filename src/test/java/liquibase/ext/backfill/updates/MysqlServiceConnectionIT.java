package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlServiceConnectionIT extends ServerServiceConnectionContract {
    MysqlServiceConnectionIT() {
        super(TestDatabase.MYSQL);
    }
}
