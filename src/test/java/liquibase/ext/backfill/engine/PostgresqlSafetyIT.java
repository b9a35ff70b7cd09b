package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgresql")
class PostgresqlSafetyIT extends SafetyContract {
    PostgresqlSafetyIT() {
        super(TestDatabase.POSTGRESQL);
    }

    @Test
    void rows_that_a_trigger_drops_are_not_put_down_to_a_writer() throws SQLException {
        assertThatRowsThatATriggerDropsAreNotPutDownToAWriter(
                "CREATE FUNCTION drop_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                "CREATE TRIGGER drop_row BEFORE INSERT ON tag FOR EACH ROW EXECUTE FUNCTION drop_row()");
    }
}
