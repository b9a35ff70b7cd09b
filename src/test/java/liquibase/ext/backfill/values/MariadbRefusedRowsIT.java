package liquibase.ext.backfill.values;

import java.sql.SQLException;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("mariadb")
class MariadbRefusedRowsIT extends RefusedRowsContract {
    MariadbRefusedRowsIT() {
        super(TestDatabase.MARIADB);
    }

    @Test
    void a_name_that_the_character_set_of_the_target_lacks_becomes_empty() throws SQLException {
        assertThatNamesOutsideLatin1AreRefused();
    }

    @Override
    void assertMalformed(BackfillResult result) {
        assertReported(result, "JSON text");
    }
}
