package liquibase.ext.backfill.values;

import org.junit.jupiter.api.Tag;

@Tag("sqlite")
class SqliteMirrorValueIT extends MirrorValueContract {
    SqliteMirrorValueIT() {
        super(Store.SQLITE);
    }
}
