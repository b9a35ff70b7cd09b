package liquibase.ext.backfill.dialects;

import org.jspecify.annotations.Nullable;

/**
 * Where tables live. A database uses the part that it knows: PostgreSQL the schema, MySQL and MariaDB the catalog,
 * SQLite neither.
 *
 * @param catalog the catalog's name, or null for the connection's own
 * @param name the schema's name, or null for the connection's own
 */
public record Schema(@Nullable String catalog, @Nullable String name) {
    /** Wherever the connection looks by itself. */
    public static final Schema DEFAULT = new Schema(null, null);
}
