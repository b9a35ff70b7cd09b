package liquibase.ext.backfill.definitions;

import java.util.List;

/**
 * The table whose rows are owed a target row.
 *
 * @param table the table's name, without a schema
 * @param key its one-column unique key, text or a number, that chunks are cut by
 * @param joins further tables that values are read from, each met by at most one row
 */
public record Source(String table, String key, List<Join> joins) {
    public Source {
        Names.require(table, "the source table");
        Names.require(key, "the key of source table " + table);
        joins = List.copyOf(joins);
    }

    /**
     * A left join on a unique key, so that it neither adds nor removes source rows.
     *
     * @param table the joined table
     * @param key its unique key column
     * @param reference the column of the source table that refers to that key
     */
    public record Join(String table, String key, String reference) {
        public Join {
            Names.require(table, "a joined table");
            Names.require(key, "the key of joined table " + table);
            Names.require(reference, "the column that refers to joined table " + table);
        }
    }
}
