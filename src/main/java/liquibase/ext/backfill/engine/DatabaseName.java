package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** What an operator calls the database behind a connection, without the secrets that a URL may hold. */
final class DatabaseName {
    private DatabaseName() {}

    static String of(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        return "%s %s (%s)"
                .formatted(
                        database.getDatabaseProductName(),
                        database.getDatabaseProductVersion(),
                        withoutSecrets(String.valueOf(database.getURL())));
    }

    static String withoutSecrets(String url) {
        return url.replaceFirst("[?;].*$", "")
                .replaceFirst("//[^/]*@", "//")
                .replaceAll("(?i)(password=)[^,)]*", "$1***");
    }
}
