package liquibase.ext.backfill.dialects;

import java.sql.SQLException;
import java.util.List;

/** SQLite by the Xerial driver, from 3.45 on: {@code json_valid} takes flags since then. */
final class SqliteDialect implements Dialect {
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int TOO_BIG = 18;
    private static final int CONSTRAINT = 19;

    @Override
    public String name() {
        return "SQLite";
    }

    @Override
    public String qualified(Schema schema, String table) {
        return quote(table);
    }

    /**
     * {@code json_valid(…, 10)} admits what {@code json_extract} can read, JSON5 text and the binary form; with
     * anything else {@code json_extract} fails and takes the whole statement along.
     */
    @Override
    public String jsonString(String document, List<String> path) {
        return "CASE WHEN json_valid(%1$s, 10) THEN CASE json_type(%1$s, %2$s) WHEN 'text' THEN json_extract(%1$s, %2$s) END END"
                .formatted(document, "'$." + String.join(".", path) + "'");
    }

    @Override
    public String throughDocument(String text) {
        return Texts.withoutUnholdable(throughColumn(text));
    }

    /** Its functions take U+0000 for the end of a text. */
    @Override
    public String throughColumn(String text) {
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** A column keeps its collation through a cast. */
    @Override
    public String identical(String one, String other) {
        return "CAST(%s AS TEXT) IS CAST(%s AS TEXT) COLLATE BINARY".formatted(one, other);
    }

    @Override
    public boolean boundsTexts() {
        return false;
    }

    @Override
    public String uniqueIndexes(Schema schema, String table) {
        return """
                SELECT l.name, i.name, NULL, 0
                FROM pragma_index_list(%1$s) l, pragma_index_info(l.name) i
                WHERE l."unique" = 1 AND l.partial = 0
                UNION ALL
                SELECT 'PRIMARY KEY', name, NULL, 0 FROM pragma_table_info(%1$s) WHERE pk > 0""".formatted(literal(table));
    }

    /**
     * By <a href="https://www.sqlite.org/rescode.html">result code</a>. The driver's error code is the primary one
     * only; which constraint failed stands in the message, as the extended code's name.
     */
    @Override
    public Failure classify(SQLException error) {
        return switch (error.getErrorCode() & 0xff) {
            case BUSY, LOCKED -> Failure.CONFLICT;
            case TOO_BIG -> Failure.DATA;
            case CONSTRAINT -> constraint(String.valueOf(error.getMessage()));
            default -> Failure.PERMANENT;
        };
    }

    /** A trigger that refuses a row says nothing about its value: what it says is for a human. */
    private static Failure constraint(String message) {
        if (message.contains("SQLITE_CONSTRAINT_TRIGGER")) {
            return Failure.PERMANENT;
        }
        if (message.contains("SQLITE_CONSTRAINT_PRIMARYKEY") || message.contains("SQLITE_CONSTRAINT_UNIQUE")) {
            return Failure.DUPLICATE;
        }
        return message.contains("SQLITE_CONSTRAINT_FOREIGNKEY") ? Failure.FOREIGN_KEY : Failure.DATA;
    }

    /** Its code is that of any mistake in a statement. */
    @Override
    public boolean isMissingTable(SQLException error) {
        return String.valueOf(error.getMessage()).contains("no such table");
    }

    @Override
    public String timestampType() {
        return "TEXT";
    }

    @Override
    public String now() {
        return "strftime('%Y-%m-%d %H:%M:%f', 'now')";
    }

    @Override
    public String secondsSince(String timestampColumn) {
        return "(julianday('now') - julianday(" + timestampColumn + ")) * 86400.0";
    }

    @Override
    public String secondsSinceLocal(String timestampColumn) {
        return secondsSince(timestampColumn);
    }

    @Override
    public List<Setting> sessionSettings(Timeouts timeouts) {
        return List.of(new Setting(
                "PRAGMA busy_timeout",
                "PRAGMA busy_timeout = %s",
                Long.toString(timeouts.lock().toMillis())));
    }
}
