package liquibase.ext.backfill.properties;

import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

@Tag("postgresql")
@PropertyDefaults(tries = 60)
class PostgresqlBackfillPropertiesIT extends BackfillProperties {
    PostgresqlBackfillPropertiesIT() {
        super(Holding.POSTGRESQL);
    }
}
