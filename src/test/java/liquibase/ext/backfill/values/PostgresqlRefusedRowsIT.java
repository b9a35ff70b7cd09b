package liquibase.ext.backfill.values;

import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlRefusedRowsIT extends RefusedRowsContract {
    PostgresqlRefusedRowsIT() {
        super(TestDatabase.POSTGRESQL);
    }

    @Override
    void assertMalformed(BackfillResult result) {
        assertReported(result, "invalid input syntax for type json");
    }
}
