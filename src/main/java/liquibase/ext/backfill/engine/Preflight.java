package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Source;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.definitions.Value;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Schema;

/** Looks, before anything is written, whether the database has what a definition names. */
final class Preflight {
    /** The longest name that all databases take. */
    private static final int LONGEST_NAME = 63;

    private final BackfillDefinition definition;
    private final Dialect dialect;
    private final Schema schema;
    private final Tables tables;
    private final List<String> problems = new ArrayList<>();
    private Optional<KeyType> keyType = Optional.empty();

    private Preflight(BackfillDefinition definition, Connection connection, Dialect dialect, Schema schema)
            throws SQLException {
        this.definition = definition;
        this.dialect = dialect;
        this.schema = schema;
        this.tables = new Tables(connection, schema);
    }

    /**
     * Checks tables, columns and unique constraints.
     *
     * @return the type of the source key
     * @throws BackfillException that names everything that is missing
     */
    static KeyType check(BackfillDefinition definition, Connection connection, Dialect dialect, Schema schema)
            throws SQLException {
        var preflight = new Preflight(definition, connection, dialect, schema);
        preflight.checkColumns();
        if (preflight.problems.isEmpty()) {
            preflight.checkSourceKeys();
            preflight.checkTargetKey();
            preflight.checkTargetWidths();
        }
        return preflight.keyType("cannot run on %s: %s. Nothing was changed.", connection);
    }

    /**
     * Checks what reading needs. A target without its unique constraint can be read, and should be: there may be doubles.
     *
     * @return the type of the source key
     * @throws BackfillException that names everything that is missing
     */
    static KeyType checkForReading(BackfillDefinition definition, Connection connection, Dialect dialect, Schema schema)
            throws SQLException {
        var preflight = new Preflight(definition, connection, dialect, schema);
        preflight.checkColumns();
        if (preflight.problems.isEmpty()) {
            preflight.checkSourceKeys();
        }
        return preflight.keyType("cannot be looked at on %s: %s.", connection);
    }

    private KeyType keyType(String refusal, Connection connection) throws SQLException {
        if (!problems.isEmpty()) {
            throw new BackfillException("backfill %s ".formatted(definition.name())
                    + refusal.formatted(DatabaseName.of(connection), String.join("; ", problems)));
        }
        return keyType.orElseThrow();
    }

    private void checkColumns() throws SQLException {
        for (Map.Entry<String, Set<String>> wanted : wantedColumns().entrySet()) {
            String table = wanted.getKey();
            Map<String, Integer> present = tables.columns(table);
            if (present.isEmpty()) {
                problems.add("table %s is missing in %s".formatted(table, tables.where()));
                continue;
            }
            wanted.getValue().stream()
                    .filter(column -> !present.containsKey(column))
                    .forEach(column -> problems.add("column %s of table %s is missing".formatted(column, table)));
        }
    }

    private Map<String, Set<String>> wantedColumns() {
        Source source = definition.source();
        Target target = definition.target();
        Map<String, Set<String>> wanted = new LinkedHashMap<>();
        want(wanted, source.table(), source.key());
        for (Source.Join join : source.joins()) {
            want(wanted, source.table(), join.reference());
            want(wanted, join.table(), join.key());
        }
        target.identityColumns().forEach(column -> want(wanted, target.table(), column));
        for (Target.Computed column : target.columns()) {
            want(wanted, target.table(), column.column());
            column.firstOf().forEach(value -> want(wanted, value));
        }
        return wanted;
    }

    private static void want(Map<String, Set<String>> wanted, Value value) {
        if (value instanceof Value.Column column) {
            want(wanted, column.table(), column.column());
        } else if (value instanceof Value.JsonString json) {
            want(wanted, json.table(), json.column());
        }
    }

    private static void want(Map<String, Set<String>> wanted, String table, String column) {
        wanted.computeIfAbsent(table, none -> new LinkedHashSet<>()).add(column);
    }

    private void checkTargetKey() throws SQLException {
        Target target = definition.target();
        requireUnique(
                target.table(), target.identityColumns(), "without it a backfill that meets a writer makes doubles");
        requireComparable(definition.source().table(), definition.source().key(), target.table(), target.reference());
    }

    /** A value is cut at {@code maxLength}; a column that holds less would refuse it, and {@code ''} would stand there. */
    private void checkTargetWidths() throws SQLException {
        Target target = definition.target();
        Map<String, Integer> widths = tables.textWidths(target.table());
        for (Target.Computed column : target.columns()) {
            int width = widths.getOrDefault(column.column(), Integer.MAX_VALUE);
            if (column.maxLength() > width) {
                problems.add(("column %s of table %s holds %d characters and the definition keeps %d, so that longer "
                                + "values would be refused instead of cut: widen it, or set maxLength to %3$d")
                        .formatted(column.column(), target.table(), width, column.maxLength()));
            }
        }
    }

    private void checkSourceKeys() throws SQLException {
        Source source = definition.source();
        requireUnique(source.table(), List.of(source.key()), "chunks are cut by it");
        for (Source.Join join : source.joins()) {
            requireUnique(join.table(), List.of(join.key()), "a join on it must not multiply rows");
            requireComparable(source.table(), join.reference(), join.table(), join.key());
        }
        keyType = tables.keyType(source.table(), source.key());
        if (keyType.isEmpty()) {
            problems.add("the key %s.%s is neither text nor a number, and chunks are cut by such keys only"
                    .formatted(source.table(), source.key()));
        }
    }

    private void requireUnique(String table, List<String> columns, String reason) throws SQLException {
        if (!tables.hasUnique(table, columns)) {
            problems.add("table %s has no primary key or unique constraint over (%s): %s; add it with: %s"
                    .formatted(table, String.join(", ", columns), reason, addUniqueIndex(table, columns)));
        }
    }

    private String addUniqueIndex(String table, List<String> columns) {
        String name = "ux_" + table + "_" + String.join("_", columns);
        return dialect.addUniqueIndex(
                dialect.quote(name.substring(0, Math.min(name.length(), LONGEST_NAME))),
                dialect.qualified(schema, table),
                columns.stream().map(dialect::quote).toList());
    }

    /** A column is looked up by its index only with values of its own type: a number in a text would scan the table. */
    private void requireComparable(String fromTable, String from, String table, String lookedUp) throws SQLException {
        Optional<KeyType> given = tables.keyType(fromTable, from);
        Optional<KeyType> wanted = tables.keyType(table, lookedUp);
        if (given.isPresent() && wanted.isPresent() && !wanted.get().takes(given.get())) {
            problems.add(("%s.%s holds %s and %s.%s holds %s: every row would be looked for in the whole table; give "
                            + "both the same type")
                    .formatted(
                            fromTable,
                            from,
                            given.get().described(),
                            table,
                            lookedUp,
                            wanted.get().described()));
        }
    }
}
