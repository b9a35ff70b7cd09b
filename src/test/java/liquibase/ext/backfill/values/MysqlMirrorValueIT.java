package liquibase.ext.backfill.values;

import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlMirrorValueIT extends MirrorValueContract {
    MysqlMirrorValueIT() {
        super(Store.MYSQL);
    }
}
