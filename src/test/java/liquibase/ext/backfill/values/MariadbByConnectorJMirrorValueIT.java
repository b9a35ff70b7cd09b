package liquibase.ext.backfill.values;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import liquibase.ext.backfill.testing.FreshDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class MariadbByConnectorJMirrorValueIT extends MirrorValueContract {
    MariadbByConnectorJMirrorValueIT() {
        super(Store.MARIADB);
    }

    /** MySQL's driver calls the server MySQL. */
    @Override
    Connection connect(FreshDatabase fresh) throws SQLException {
        String url = fresh.url().replace("jdbc:mariadb:", "jdbc:mysql:") + "?sslMode=DISABLED";
        return DriverManager.getConnection(url, fresh.user(), fresh.password());
    }
}
