package liquibase.ext.backfill.properties;

import net.jqwik.api.Tag;

@Tag("faults")
@Tag("sqlite")
class SqliteValuesAtScaleIT extends ValuesAtScaleContract {
    SqliteValuesAtScaleIT() {
        super(Holding.SQLITE);
    }
}
