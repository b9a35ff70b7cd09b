package liquibase.ext.backfill.dialects;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** MySQL, from 8.0 on: before, it has no {@code utf8mb4} by default and no anti-join. */
class MySqlDialect implements Dialect {
    /** U+FFFD as bytes, so that the character set of the connection does not matter. */
    private static final String REPLACEMENT = "_utf8mb4 x'EFBFBD'";

    @Override
    public String name() {
        return "MySQL";
    }

    @Override
    public String quote(String identifier) {
        return '`' + identifier.replace("`", "``") + '`';
    }

    @Override
    public String qualified(Schema schema, String table) {
        return schema.catalog() == null ? quote(table) : quote(schema.catalog()) + "." + quote(table);
    }

    /** With a backslash in it, written as bytes: what a backslash means depends on {@code sql_mode}. */
    @Override
    public String literal(String text) {
        return text.contains("\\")
                ? "_utf8mb4 x'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'"
                : Dialect.super.literal(text);
    }

    @Override
    public final String jsonString(String document, List<String> path) {
        String at = "'$." + String.join(".", path) + "'";
        return "CASE JSON_TYPE(JSON_EXTRACT(%1$s, %2$s)) WHEN 'STRING' THEN REPLACE(%3$s, CHAR(0 USING utf8mb4), %4$s) END"
                .formatted(document, at, jsonText(document, at), REPLACEMENT);
    }

    /** The text of the JSON string at a path; asked only where there is one. */
    String jsonText(String document, String path) {
        return "JSON_UNQUOTE(JSON_EXTRACT(%s, %s))".formatted(document, path);
    }

    /** Not {@code INSERT IGNORE}, which hides values that were cut, and rows that a foreign key misses. */
    @Override
    public String keepExisting(List<String> identity) {
        return "ON DUPLICATE KEY UPDATE %1$s = %1$s".formatted(identity.get(0));
    }

    /** As bytes: every collation that both servers have takes trailing blanks for nothing. */
    @Override
    public String identical(String one, String other) {
        return "CAST(CONVERT(%s USING utf8mb4) AS BINARY) <=> CAST(CONVERT(%s USING utf8mb4) AS BINARY)"
                .formatted(one, other);
    }

    /** Its documents are parsed already; a temporary table costs more than to look into them twice. */
    @Override
    public String computedOnce() {
        return "";
    }

    /** Fails at once where it cannot be done beside writers, instead of keeping them out. */
    @Override
    public String addUniqueIndex(String index, String table, List<String> columns) {
        return "ALTER TABLE %s ADD UNIQUE INDEX %s (%s), ALGORITHM=INPLACE, LOCK=NONE"
                .formatted(table, index, String.join(", ", columns));
    }

    /** An index over the beginnings of texts says nothing about the whole ones. */
    @Override
    public String uniqueIndexes(Schema schema, String table) {
        return """
                SELECT INDEX_NAME, CASE WHEN SUB_PART IS NULL THEN COLUMN_NAME END, NULL, 0
                FROM information_schema.STATISTICS
                WHERE NON_UNIQUE = 0 AND TABLE_SCHEMA = %s AND TABLE_NAME = %s
                ORDER BY INDEX_NAME, SEQ_IN_INDEX""".formatted(catalog(schema), literal(table));
    }

    @Override
    public Optional<String> textComparisons(Schema schema, String table) {
        return Optional.of("""
                SELECT COLUMN_NAME, 0, COLLATION_NAME
                FROM information_schema.COLUMNS
                WHERE COLLATION_NAME IS NOT NULL AND TABLE_SCHEMA = %s AND TABLE_NAME = %s""".formatted(catalog(schema), literal(table)));
    }

    private String catalog(Schema schema) {
        return schema.catalog() == null ? "DATABASE()" : literal(schema.catalog());
    }

    /**
     * By error number, because drivers disagree on the SQLSTATE of a lock wait timeout. See the
     * <a href="https://dev.mysql.com/doc/mysql-errors/9.0/en/server-error-reference.html">server error reference</a>.
     */
    @Override
    public Failure classify(SQLException error) {
        return switch (error.getErrorCode()) {
            case 1213, 1020, 1412 ->
                Failure.CONFLICT; // deadlock; record changed since it was read (MariaDB); table altered
            case 1062 -> Failure.DUPLICATE;
            case 1205 -> Failure.LOCK_TIMEOUT;
            case 3024, 1969 -> Failure.STATEMENT_TIMEOUT; // max_execution_time; max_statement_time (MariaDB)
            case 1216, 1452 -> Failure.FOREIGN_KEY;
            case 1927, 4031 -> Failure.CONNECTION_LOST; // killed (MariaDB); disconnected because of inactivity (MySQL)
            case 3143, 3144, 3146 -> Failure.PERMANENT; // of a JSON function that gets no JSON from any row
            case 1048, 1264, 1265, 1292, 1366, 1406, 3140, 3141, 3157, 3819, 4025 -> Failure.DATA;
            default -> byClass(error.getSQLState() == null ? "" : error.getSQLState());
        };
    }

    /** Class 40 is what a cluster rolls back at its commit. */
    private static Failure byClass(String state) {
        return state.startsWith("40") ? Failure.CONFLICT : Failure.ofClass(state);
    }

    /** {@code ER_NO_SUCH_TABLE}, {@code ER_BAD_DB_ERROR}. */
    @Override
    public boolean isMissingTable(SQLException error) {
        return error.getErrorCode() == 1146 || error.getErrorCode() == 1049;
    }

    @Override
    public String timestampType() {
        return "DATETIME(3)";
    }

    @Override
    public String now() {
        return "UTC_TIMESTAMP(3)";
    }

    @Override
    public String secondsSince(String timestampColumn) {
        return "TIMESTAMPDIFF(MICROSECOND, " + timestampColumn + ", UTC_TIMESTAMP(3)) / 1000000.0";
    }

    @Override
    public String secondsSinceLocal(String timestampColumn) {
        return "TIMESTAMPDIFF(MICROSECOND, " + timestampColumn + ", NOW(6)) / 1000000.0";
    }

    /** Names and keys compare by their bytes, whatever the database's collation is. */
    @Override
    public String tableOptions() {
        return "ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    }

    /** For rows, and for a table that somebody alters or has locked: there MySQL waits for a year by itself. */
    @Override
    public List<Setting> sessionSettings(Timeouts timeouts) {
        return List.of(
                setting("innodb_lock_wait_timeout", timeouts.lockSeconds()),
                setting("lock_wait_timeout", timeouts.lockSeconds()));
    }

    @Override
    public Optional<SearchPathSql> searchPath() {
        return Optional.of(
                new SearchPathSql("SELECT CONCAT('`', REPLACE(DATABASE(), '`', '``'), '`')", "USE %s", this::quote));
    }

    private static Setting setting(String variable, long value) {
        return new Setting("SELECT @@SESSION." + variable, "SET SESSION " + variable + " = %s", Long.toString(value));
    }
}
