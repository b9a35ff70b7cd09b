package liquibase.ext.backfill.properties;

import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

@Tag("mysql")
@PropertyDefaults(tries = 40)
class MysqlBackfillPropertiesIT extends BackfillProperties {
    MysqlBackfillPropertiesIT() {
        super(Holding.MYSQL);
    }
}
