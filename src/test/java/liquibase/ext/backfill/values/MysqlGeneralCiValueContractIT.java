package liquibase.ext.backfill.values;

import liquibase.ext.backfill.testing.PipelineTables;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlGeneralCiValueContractIT extends ValueContract {
    MysqlGeneralCiValueContractIT() {
        super(Store.MYSQL, new ExistingRow.Collation(true, true));
    }

    @Override
    PipelineTables tables() {
        return super.tables().withOptions("CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    }
}
