package liquibase.ext.backfill.values;

import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlValueContractIT extends ValueContract {
    PostgresqlValueContractIT() {
        super(Store.POSTGRESQL, ExistingRow.Collation.EXACT);
    }
}
