package liquibase.ext.backfill.values;

import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteRefusedRowsIT extends RefusedRowsContract {
    SqliteRefusedRowsIT() {
        super(TestDatabase.SQLITE);
    }

    /** Any column of SQLite may hold malformed JSON, so it is no value and nothing to report. */
    @Override
    void assertMalformed(BackfillResult result) {
        assertNothingReported(result);
    }
}
