package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlCutValuesIT extends CutValuesContract {
    PostgresqlCutValuesIT() {
        super(TestDatabase.POSTGRESQL);
    }
}
