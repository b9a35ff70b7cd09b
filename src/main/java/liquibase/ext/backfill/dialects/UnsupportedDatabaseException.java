package liquibase.ext.backfill.dialects;

/** There is no dialect for a database. */
public final class UnsupportedDatabaseException extends RuntimeException {
    UnsupportedDatabaseException(String product, String version) {
        super("%s %s is not supported: backfills run on PostgreSQL, MySQL, MariaDB and SQLite. Nothing was changed."
                .formatted(product, version));
    }
}
