package liquibase.ext.backfill.values;

import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlMirrorValueIT extends MirrorValueContract {
    PostgresqlMirrorValueIT() {
        super(Store.POSTGRESQL);
    }
}
