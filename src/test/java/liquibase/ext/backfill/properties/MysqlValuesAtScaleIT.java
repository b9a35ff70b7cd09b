package liquibase.ext.backfill.properties;

import net.jqwik.api.Tag;

@Tag("faults")
@Tag("mysql")
class MysqlValuesAtScaleIT extends ValuesAtScaleContract {
    MysqlValuesAtScaleIT() {
        super(Holding.MYSQL);
    }
}
