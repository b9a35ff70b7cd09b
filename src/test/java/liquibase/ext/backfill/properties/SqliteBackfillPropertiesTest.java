package liquibase.ext.backfill.properties;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Tag;

@Tag("sqlite")
@PropertyDefaults(tries = 200)
class SqliteBackfillPropertiesTest extends BackfillProperties {
    SqliteBackfillPropertiesTest() {
        super(Holding.SQLITE);
    }

    @Override
    void prepare(Connection fresh) throws SQLException {
        try (Statement statement = fresh.createStatement()) {
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA journal_mode = MEMORY");
        }
    }
}
