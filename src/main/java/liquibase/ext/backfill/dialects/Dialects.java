package liquibase.ext.backfill.dialects;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

/** Finds the dialect of a database. */
public final class Dialects {
    private Dialects() {}

    /**
     * The dialect of the database behind a connection.
     *
     * @throws UnsupportedDatabaseException if there is none; its message names what is supported
     */
    public static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        return of(database.getDatabaseProductName(), database.getDatabaseProductVersion());
    }

    /**
     * The dialect of a database by its name and version. MySQL's driver calls a MariaDB server MySQL too; its version
     * tells.
     *
     * @param product the name, in any case
     * @throws UnsupportedDatabaseException if there is none; its message names what is supported
     */
    public static Dialect of(String product, String version) {
        String name = product.toLowerCase(Locale.ROOT);
        boolean mariaDb =
                name.equals("mysql") && version.toLowerCase(Locale.ROOT).contains("mariadb");
        return switch (mariaDb ? "mariadb" : name) {
            case "postgresql" -> new PostgreSqlDialect();
            case "mysql" -> new MySqlDialect();
            case "mariadb" -> new MariaDbDialect();
            case "sqlite" -> new SqliteDialect();
            default -> throw new UnsupportedDatabaseException(product, version);
        };
    }
}
