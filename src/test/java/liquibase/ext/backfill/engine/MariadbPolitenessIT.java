package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("mariadb")
class MariadbPolitenessIT extends PolitenessContract {
    MariadbPolitenessIT() {
        super(TestDatabase.MARIADB);
    }

    @Test
    void a_statement_that_takes_too_long_goes_on_in_halves() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, 8);
        things.execute("CREATE TRIGGER slow AFTER INSERT ON tag FOR EACH ROW SET @slow = SLEEP(0.3)");

        StatementTimeout.halvesTheChunk(things, engine(StatementTimeout.options()));
    }
}
