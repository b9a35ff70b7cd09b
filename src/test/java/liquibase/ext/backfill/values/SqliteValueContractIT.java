package liquibase.ext.backfill.values;

import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteValueContractIT extends ValueContract {
    SqliteValueContractIT() {
        super(Store.SQLITE, ExistingRow.Collation.EXACT);
    }
}
