package liquibase.ext.backfill.values;

import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbMirrorValueIT extends MirrorValueContract {
    MariadbMirrorValueIT() {
        super(Store.MARIADB);
    }
}
