package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbResumeIT extends ResumeContract {
    MariadbResumeIT() {
        super(TestDatabase.MARIADB);
    }
}
