package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("sqlite")
class SqliteSafetyIT extends SafetyContract {
    SqliteSafetyIT() {
        super(TestDatabase.SQLITE);
    }

    @Test
    void rows_that_a_trigger_drops_are_not_put_down_to_a_writer() throws SQLException {
        assertThatRowsThatATriggerDropsAreNotPutDownToAWriter(
                "CREATE TRIGGER drop_row BEFORE INSERT ON tag BEGIN SELECT RAISE(IGNORE); END");
    }
}
