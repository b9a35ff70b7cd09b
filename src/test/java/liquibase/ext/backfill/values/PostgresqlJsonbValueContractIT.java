package liquibase.ext.backfill.values;

import liquibase.ext.backfill.testing.PipelineTables;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlJsonbValueContractIT extends ValueContract {
    PostgresqlJsonbValueContractIT() {
        super(Store.POSTGRESQL_JSONB, ExistingRow.Collation.EXACT);
    }

    @Override
    PipelineTables tables() {
        return super.tables().withDocuments("jsonb");
    }
}
