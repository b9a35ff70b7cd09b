package liquibase.ext.backfill.values;

import liquibase.ext.backfill.testing.PipelineTables;
import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlJsonbMirrorValueIT extends MirrorValueContract {
    PostgresqlJsonbMirrorValueIT() {
        super(Store.POSTGRESQL_JSONB);
    }

    @Override
    PipelineTables tables() {
        return super.tables().withDocuments("jsonb");
    }
}
