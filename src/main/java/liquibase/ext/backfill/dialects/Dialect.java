package liquibase.ext.backfill.dialects;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * One database's way of saying what the engine needs. The engine knows no database by name: what differs is here.
 *
 * <p>Everything returns SQL text; identifiers that are passed in are quoted already unless it says otherwise.
 */
public interface Dialect {
    /** The database's name as its users write it. */
    String name();

    /** An identifier, quoted so that it means exactly itself. */
    default String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** An unquoted identifier as the database itself would store it. */
    default String folded(String identifier) {
        return identifier;
    }

    /** An unquoted table name, quoted and qualified with the part of the schema that this database knows. */
    String qualified(Schema schema, String table);

    /** A text literal. */
    default String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * The JSON string at a path of a document, of any length, or {@code NULL} where there is none. What a database
     * cannot hold inside a text becomes U+FFFD.
     *
     * @param document the column that holds the document
     * @param path the object keys from its root, each a plain identifier
     */
    String jsonString(String document, List<String> path);

    /**
     * The same of a document that the database can read as it is stored. It is the cheaper one where {@link #jsonString}
     * has to look for what makes a document unreadable; of such a document it fails with {@link Failure#DATA}.
     *
     * @param document the column that holds the document
     * @param path the object keys from its root, each a plain identifier
     */
    default String readableJsonString(String document, List<String> path) {
        return jsonString(document, path);
    }

    /** What {@link #jsonString} gives back of a text that is stored as a JSON string. */
    default String throughDocument(String text) {
        return Texts.withoutUnholdable(text);
    }

    /** What {@link #cut} gives back of a text that the driver stored in a column. */
    default String throughColumn(String text) {
        return text;
    }

    /** A column's content as a text. */
    default String text(String column) {
        return column;
    }

    /** The first code points of a text. */
    default String cut(String text, int maxLength) {
        return "SUBSTR(%s, 1, %s)".formatted(text, maxLength);
    }

    /**
     * Whether two values are the same text, character by character and whatever the collation, or are both {@code NULL}.
     * Never {@code NULL} itself.
     */
    String identical(String one, String other);

    /**
     * What an {@code INSERT … SELECT} ends with so that a row that a writer inserted meanwhile is skipped. Empty where
     * the database has nothing that skips this and only this: there the duplicate fails and the chunk is repeated.
     *
     * @param identity the columns of the unique constraint that identifies a target row
     */
    default String skipExisting(List<String> identity) {
        return "";
    }

    /**
     * What an {@code INSERT … VALUES} ends with so that a row of the same identity that is there already stays as it
     * is, without an error: inside a transaction of somebody else's an error may cost more than the row.
     *
     * @param identity the columns of the unique constraint that identifies a target row
     */
    default String keepExisting(List<String> identity) {
        return "ON CONFLICT (" + String.join(", ", identity) + ") DO NOTHING";
    }

    /**
     * What a correlated subquery ends with so that the planner looks it up row by row and does not make a join of it.
     * Empty where it needs no telling.
     */
    default String correlated() {
        return "";
    }

    /**
     * Whether an anti-join of two key ranges is to be written as a full join, because the planner takes ranges for smaller than
     * they are: a full join cannot be done by a nested loop, which would be quadratic in the range.
     */
    default boolean antiJoinsByFullJoin() {
        return false;
    }

    /** Whether a query can go on with what an {@code INSERT … RETURNING} in its {@code WITH} inserted. */
    default boolean queriesWhatItInserts() {
        return false;
    }

    /**
     * What a derived table ends with so that the planner does not dissolve it and compute its columns once per mention.
     * Empty where that would cost more than it saves. The limit is none that anything reaches.
     */
    default String computedOnce() {
        return "\nLIMIT 9223372036854775807";
    }

    /**
     * The statement that adds a unique index to a table while it is in use, for a message to an operator.
     *
     * @param columns of the index, in its order
     */
    default String addUniqueIndex(String index, String table, List<String> columns) {
        return "CREATE UNIQUE INDEX %s ON %s (%s)".formatted(index, table, String.join(", ", columns));
    }

    /**
     * A query for a table's unique indexes over all its rows, its primary key among them: a row for each of their parts, in order, with the
     * index's name, the column ({@code NULL} if the part is no whole column), why the index is no proof that a key stands
     * there once ({@code NULL} if it is), and 1 if it is deferrable, else 0.
     *
     * @param schema where the table is, with the parts that this database knows
     * @param table its name, unquoted
     */
    String uniqueIndexes(Schema schema, String table);

    /**
     * A query for how a table's text columns are compared: the column, 1 if blanks at its end count for nothing and ask
     * the same of the other side, else 0, and its collation, {@code NULL} for one that gives way to any other. Empty where all
     * texts are compared alike.
     *
     * @param schema where the table is, with the parts that this database knows
     * @param table its name, unquoted
     */
    default Optional<String> textComparisons(Schema schema, String table) {
        return Optional.empty();
    }

    /** Whether a quoted name means only the one that is spelt like it, capitals included. */
    default boolean namesAreExact() {
        return false;
    }

    /** Whether a text column refuses what is longer than it was declared. */
    default boolean boundsTexts() {
        return true;
    }

    /** What an error means for the chunk that met it. */
    Failure classify(SQLException error);

    /**
     * Whether an error says that a table is not there, or not the schema that it should be in. To a user without any right
     * on a table MySQL and MariaDB say that it must not be read, whether or not it is there.
     */
    boolean isMissingTable(SQLException error);

    /** The type of a column that holds a moment. */
    String timestampType();

    /** The present moment by the database's clock, for a column of {@link #timestampType()}. */
    String now();

    /** The seconds since a moment, by the database's clock, with fractions. */
    String secondsSince(String timestampColumn);

    /**
     * The seconds since a moment that was written as the session's own present time, as Liquibase writes the moments of
     * its tables: in UTC or in the session's time zone, whatever the database makes of it.
     */
    String secondsSinceLocal(String timestampColumn);

    /** What stands behind the closing bracket of {@code CREATE TABLE}. */
    default String tableOptions() {
        return "";
    }

    /** Session-wide settings for a run; they are put back when it ends. */
    default List<Setting> sessionSettings(Timeouts timeouts) {
        return List.of();
    }

    /** Empty where a session looks in one place only for tables that are named without a schema. */
    default Optional<SearchPathSql> searchPath() {
        return Optional.empty();
    }

    /**
     * A transaction's first statement, which gives it an isolation and leaves the session's own alone. Empty where a
     * transaction has the session's.
     *
     * @param level the isolation as it is written in SQL
     */
    default Optional<String> isolate(String level) {
        return Optional.empty();
    }

    /** Statements that a chunk begins with before its transaction, because inside of it they would begin its view of the data. */
    default List<String> beforeTransaction() {
        return List.of();
    }

    /** Statements that open a chunk's transaction and last only as long as it does. */
    default List<String> transactionSettings(Timeouts timeouts) {
        return List.of();
    }

    /** A chunk's statement with a limit on its time, where the database says that in the statement itself. */
    default String timed(String statement, Timeouts timeouts) {
        return statement;
    }
}
