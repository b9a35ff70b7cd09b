package liquibase.ext.backfill.values;

import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbValueContractIT extends ValueContract {
    MariadbValueContractIT() {
        super(Store.MARIADB, new ExistingRow.Collation(true, true));
    }
}
