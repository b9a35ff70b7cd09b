package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteCutValuesIT extends CutValuesContract {
    SqliteCutValuesIT() {
        super(TestDatabase.SQLITE);
    }
}
