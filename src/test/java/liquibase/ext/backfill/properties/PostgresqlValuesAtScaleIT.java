package liquibase.ext.backfill.properties;

import net.jqwik.api.Tag;

@Tag("faults")
@Tag("postgresql")
class PostgresqlValuesAtScaleIT extends ValuesAtScaleContract {
    PostgresqlValuesAtScaleIT() {
        super(Holding.POSTGRESQL);
    }
}
