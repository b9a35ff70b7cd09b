package liquibase.ext.backfill.values;

import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlValueContractIT extends ValueContract {
    MysqlValueContractIT() {
        super(Store.MYSQL, new ExistingRow.Collation(true, false));
    }
}
