package liquibase.ext.backfill.dialects;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** PostgreSQL. */
final class PostgreSqlDialect implements Dialect {
    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public String folded(String identifier) {
        return identifier.toLowerCase(Locale.ROOT);
    }

    @Override
    public String qualified(Schema schema, String table) {
        return schema.name() == null ? quote(table) : quote(schema.name()) + "." + quote(table);
    }

    /** Beside a text in {@code COALESCE} nothing else may stand. */
    @Override
    public String text(String column) {
        return column + "::text";
    }

    /** With a backslash in it, written so that {@code standard_conforming_strings} does not matter. */
    @Override
    public String literal(String text) {
        String literal = Dialect.super.literal(text.replace("\\", "\\\\"));
        return text.contains("\\") ? "E" + literal : literal;
    }

    @Override
    public String jsonString(String document, List<String> path) {
        return PostgreSqlJson.string(document, path);
    }

    @Override
    public String readableJsonString(String document, List<String> path) {
        return PostgreSqlJson.readableString(document, path);
    }

    @Override
    public String identical(String one, String other) {
        return "CAST(%s AS text) COLLATE \"C\" IS NOT DISTINCT FROM CAST(%s AS text) COLLATE \"C\""
                .formatted(one, other);
    }

    /** The target is named: without it other unique constraints would be swallowed too. */
    @Override
    public String skipExisting(List<String> identity) {
        return keepExisting(identity);
    }

    /** A column refuses U+0000; no run can have it there, but an annotation of it must not abort the transaction. */
    @Override
    public String throughColumn(String text) {
        return text.replace('\0', Texts.REPLACEMENT);
    }

    /**
     * On a table that was never analysed the planner expects one row from any range, and joins two ranges by a nested
     * loop without an index: quadratic in the size of the chunk.
     */
    @Override
    public boolean antiJoinsByFullJoin() {
        return true;
    }

    @Override
    public boolean queriesWhatItInserts() {
        return true;
    }

    @Override
    public String correlated() {
        return " OFFSET 0";
    }

    @Override
    public String addUniqueIndex(String index, String table, List<String> columns) {
        return "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s (%s)".formatted(index, table, String.join(", ", columns));
    }

    /** What follows INCLUDE is in the index, and is no part of its key. */
    @Override
    public String uniqueIndexes(Schema schema, String table) {
        return """
                SELECT x.relname, a.attname,
                       CASE WHEN NOT i.indisvalid
                            THEN 'its creation failed and left it invalid: remove what is double, drop it (DROP INDEX '
                                 || 'CONCURRENTLY) and create it again' END,
                       CASE WHEN i.indimmediate THEN 0 ELSE 1 END
                FROM pg_catalog.pg_index i
                JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
                JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                CROSS JOIN LATERAL generate_series(1, i.indnkeyatts) AS part
                LEFT JOIN pg_catalog.pg_attribute a
                  ON a.attrelid = t.oid AND a.attnum > 0 AND a.attnum = i.indkey[part - 1]
                WHERE i.indisunique AND i.indpred IS NULL AND n.nspname = %s AND t.relname = %s
                ORDER BY x.relname, part""".formatted(name(schema), literal(table));
    }

    /** {@code character(n)} compares as such only with its like: another text is turned into one, index or not. */
    @Override
    public Optional<String> textComparisons(Schema schema, String table) {
        return Optional.of("""
                SELECT a.attname, CASE WHEN a.atttypid = 'pg_catalog.bpchar'::regtype THEN 1 ELSE 0 END,
                       NULLIF(c.collname, 'default')
                FROM pg_catalog.pg_attribute a
                JOIN pg_catalog.pg_class t ON t.oid = a.attrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
                JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation
                WHERE a.attnum > 0 AND n.nspname = %s AND t.relname = %s""".formatted(name(schema), literal(table)));
    }

    private String name(Schema schema) {
        return schema.name() == null ? "current_schema()" : literal(schema.name());
    }

    @Override
    public boolean namesAreExact() {
        return true;
    }

    /** By SQLSTATE: <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Appendix A</a>. */
    @Override
    public Failure classify(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return switch (state) {
            case "40001", "40P01" -> Failure.CONFLICT;
            case "23505" -> Failure.DUPLICATE;
            case "55P03" -> Failure.LOCK_TIMEOUT;
            case "57014" -> Failure.CANCELLED;
            case "23503" -> Failure.FOREIGN_KEY;
            case "23502", "23514", "54000", "54001" -> Failure.DATA; // 54000: too large for an index
            case "25P03", "57P01", "57P02", "57P03", "57P04", "57P05" -> Failure.CONNECTION_LOST;
            default -> Failure.ofClass(state);
        };
    }

    /** {@code undefined_table}, {@code invalid_schema_name}. */
    @Override
    public boolean isMissingTable(SQLException error) {
        return "42P01".equals(error.getSQLState()) || "3F000".equals(error.getSQLState());
    }

    @Override
    public String timestampType() {
        return "TIMESTAMP WITH TIME ZONE";
    }

    @Override
    public String now() {
        return "clock_timestamp()";
    }

    @Override
    public String secondsSince(String timestampColumn) {
        return "EXTRACT(EPOCH FROM clock_timestamp() - " + timestampColumn + ")";
    }

    @Override
    public String secondsSinceLocal(String timestampColumn) {
        return "EXTRACT(EPOCH FROM LOCALTIMESTAMP - " + timestampColumn + ")";
    }

    /** For what a run does between its chunks. Not for {@code statement_timeout}: counting all rows may take long. */
    @Override
    public List<Setting> sessionSettings(Timeouts timeouts) {
        return List.of(new Setting(
                "SHOW lock_timeout",
                "SET SESSION lock_timeout = '%s'",
                Long.toString(timeouts.lock().toMillis())));
    }

    @Override
    public Optional<SearchPathSql> searchPath() {
        String path = "current_setting('search_path')";
        return Optional.of(new SearchPathSql(
                "SELECT quote_literal(%s)".formatted(path),
                "SELECT set_config('search_path', %s, false)",
                schema -> "concat_ws(', ', %s, nullif(%s, ''))".formatted(literal(quote(schema)), path)));
    }

    /** A pool may give the session to somebody else after any transaction, also after this process was killed in one. */
    @Override
    public Optional<String> isolate(String level) {
        return Optional.of("SET TRANSACTION ISOLATION LEVEL " + level);
    }

    /**
     * A plan that was made while the target was small must not be kept while it grows: so plans are forgotten once per
     * chunk. {@code plan_cache_mode} would do that too, but for the checks of foreign keys as well, which then plan once
     * per row.
     */
    @Override
    public List<String> beforeTransaction() {
        return List.of("DISCARD PLANS");
    }

    /**
     * The expressions for JSON hold backslashes that are meant as they stand. A chunk is too short for what is compiled
     * for it to pay.
     */
    @Override
    public List<String> transactionSettings(Timeouts timeouts) {
        return List.of(
                "SET LOCAL standard_conforming_strings = on",
                "SET LOCAL jit = off",
                "SET LOCAL statement_timeout = " + timeouts.statement().toMillis());
    }
}
