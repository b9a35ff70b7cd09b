package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Schema;

/** What the database must have for rows to be found by their keys: each once, and by an index. */
final class KeyRules {
    /** The longest name that all databases take. */
    private static final int LONGEST_NAME = 63;

    private final Dialect dialect;
    private final Schema schema;
    private final Tables tables;
    private final Consumer<String> problems;

    /** @param problems is told what is missing, and its mend */
    KeyRules(Dialect dialect, Schema schema, Tables tables, Consumer<String> problems) {
        this.dialect = dialect;
        this.schema = schema;
        this.tables = tables;
        this.problems = problems;
    }

    /**
     * A unique index must stand over exactly these columns.
     *
     * @param reason why it is needed
     * @param unusable which of the sound ones does not serve
     */
    void requireUnique(String table, List<String> columns, String reason, Predicate<UniqueIndex> unusable)
            throws SQLException {
        List<UniqueIndex> indexes = tables.uniqueIndexes(table, columns);
        if (indexes.stream().anyMatch(index -> index.flaw().isEmpty() && !unusable.test(index))) {
            return;
        }
        String over = String.join(", ", columns);
        if (indexes.isEmpty()) {
            problems.accept("table %s has no primary key or unique constraint over (%s): %s; %s"
                    .formatted(table, over, reason, mend(table, columns)));
        } else {
            UniqueIndex index = indexes.get(0);
            problems.accept("table %s has the unique index %s over (%s), but %s"
                    .formatted(
                            table,
                            index.name(),
                            over,
                            index.flaw()
                                    .orElse("it is deferrable, and rows that are there cannot be skipped by such a "
                                            + "one: make it NOT DEFERRABLE")));
        }
    }

    private String mend(String table, List<String> columns) throws SQLException {
        String kind = tables.kind(table);
        if (kind.contains("VIEW")) {
            return "it is a view, so name the table behind it";
        }
        if (kind.contains("PARTITIONED")) {
            return "add it to every partition CONCURRENTLY, to the table by CREATE UNIQUE INDEX … ON ONLY, and attach them";
        }
        return "remove what is double, then add it with: " + addUniqueIndex(table, columns);
    }

    private String addUniqueIndex(String table, List<String> columns) {
        String name = "ux_" + table + "_" + String.join("_", columns);
        return dialect.addUniqueIndex(
                dialect.quote(name.substring(0, Math.min(name.length(), LONGEST_NAME))),
                dialect.qualified(schema, table),
                columns.stream().map(dialect::quote).toList());
    }

    /** One column must find its rows by the index of another: a number that is looked for in a text would scan the table. */
    void requireComparable(String fromTable, String from, String table, String lookedUp) throws SQLException {
        Column given = tables.column(fromTable, from);
        Column wanted = tables.column(table, lookedUp);
        boolean known = given.keyType().isPresent() && wanted.keyType().isPresent();
        boolean takes = known
                ? wanted.keyType().get().takes(given.keyType().get())
                : wanted.typeName().equals(given.typeName());
        if (!takes) {
            problems.accept(
                    ("%s.%s has the type %s and %s.%s has %s: every row would be looked for in the whole table; give "
                                    + "both the same type")
                            .formatted(fromTable, from, given.typeName(), table, lookedUp, wanted.typeName()));
            return;
        }
        Optional<TextComparison> ofGiven = tables.comparison(fromTable, from);
        Optional<TextComparison> ofWanted = tables.comparison(table, lookedUp);
        if (ofGiven.isEmpty() || ofWanted.isEmpty() || ofWanted.get().isLookedUpBy(ofGiven.get())) {
            return;
        }
        if (ofWanted.get().differsInCollation(ofGiven.get())) {
            problems.accept(
                    ("%s.%s has the collation %s and %s.%s has %s: rows would be looked for in the whole table, or "
                                    + "not be found; give both the same collation")
                            .formatted(
                                    fromTable,
                                    from,
                                    ofGiven.get().collation().orElseThrow(),
                                    table,
                                    lookedUp,
                                    ofWanted.get().collation().orElseThrow()));
        } else {
            problems.accept(
                    ("%s.%s is padded with blanks (%s) and %s.%s is not (%s): every row would be looked for in the "
                                    + "whole table; give both the same type")
                            .formatted(fromTable, from, given.typeName(), table, lookedUp, wanted.typeName()));
        }
    }
}
