package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.engine.Isolation;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("mariadb")
class MariadbClientsIT extends ServerClientsContract {
    MariadbClientsIT() {
        super(TestDatabase.MARIADB);
    }

    /** What the database gives who asks for nothing. */
    @Test
    void clients_at_repeatable_read_get_no_error_that_they_would_not_get_without_the_backfill() throws Exception {
        beside(Backfills.ONE, Isolation.SERIALIZABLE, Level.REPEATABLE_READ, KeyOrder.SEQUENTIAL);
    }
}
