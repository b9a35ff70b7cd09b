package liquibase.ext.backfill.updates;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlEmbeddedUpdateIT extends EmbeddedUpdateContract {
    MysqlEmbeddedUpdateIT() {
        super(TestDatabase.MYSQL);
    }
}
