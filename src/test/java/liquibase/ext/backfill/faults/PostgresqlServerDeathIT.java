package liquibase.ext.backfill.faults;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgresql")
class PostgresqlServerDeathIT extends ServerDeathContract {
    PostgresqlServerDeathIT() {
        super(TestDatabase.POSTGRESQL);
    }

    @Test
    void an_immediate_stop_loses_nothing_that_a_chunk_has_committed() throws Exception {
        die("PostgreSQL is stopped with mode `immediate` and started again", 4, server::stopImmediately);
    }
}
