package liquibase.ext.backfill.properties;

import net.jqwik.api.Tag;

@Tag("faults")
@Tag("mariadb")
class MariadbValuesAtScaleIT extends ValuesAtScaleContract {
    MariadbValuesAtScaleIT() {
        super(Holding.MARIADB);
    }
}
