package liquibase.ext.backfill.values;

import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresValueContractIT extends ValueContract {
    PostgresValueContractIT() {
        super(Store.POSTGRESQL, ExistingRow.Collation.EXACT);
    }
}
