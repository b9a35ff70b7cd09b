package liquibase.ext.backfill.properties;

import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

@Tag("mariadb")
@PropertyDefaults(tries = 60)
class MariadbBackfillPropertiesIT extends BackfillProperties {
    MariadbBackfillPropertiesIT() {
        super(Holding.MARIADB);
    }
}
