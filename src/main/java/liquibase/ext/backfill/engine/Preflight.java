package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Source;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Schema;

/** Looks, before anything is written, whether the database has what a definition names. */
final class Preflight {
    private final BackfillDefinition definition;
    private final Dialect dialect;
    private final Tables tables;
    private final List<String> problems = new ArrayList<>();
    private final KeyRules keys;
    private Optional<KeyType> keyType = Optional.empty();

    private Preflight(BackfillDefinition definition, Connection connection, Dialect dialect, Schema schema)
            throws SQLException {
        this.definition = definition;
        this.dialect = dialect;
        this.tables = new Tables(connection, dialect, schema);
        this.keys = new KeyRules(dialect, schema, tables, problems::add);
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
        preflight.checkAll();
        return preflight.keyType("backfill %s cannot run on %s: %s. Nothing was changed.", connection);
    }

    /**
     * Checks the same for one that only counts what a run would find: doubles would spoil the count.
     *
     * @param subject what is counted, for the message, with a place for the definition's name
     * @return the type of the source key
     * @throws BackfillException that names everything that is missing
     */
    static KeyType checkForCounting(
            String subject, BackfillDefinition definition, Connection connection, Dialect dialect, Schema schema)
            throws SQLException {
        var preflight = new Preflight(definition, connection, dialect, schema);
        preflight.checkAll();
        return preflight.keyType(subject + " cannot be looked at on %s: %s.", connection);
    }

    private void checkAll() throws SQLException {
        checkColumns();
        if (problems.isEmpty()) {
            checkSourceKeys();
            checkTarget();
        }
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
        return preflight.keyType("backfill %s cannot be looked at on %s: %s.", connection);
    }

    private KeyType keyType(String refusal, Connection connection) throws SQLException {
        if (!problems.isEmpty()) {
            throw new BackfillException(
                    refusal.formatted(definition.name(), DatabaseName.of(connection), String.join("; ", problems)));
        }
        return keyType.orElseThrow();
    }

    private void checkColumns() throws SQLException {
        for (Map.Entry<String, Set<String>> wanted : wantedColumns().entrySet()) {
            String table = wanted.getKey();
            Map<String, Column> present = tables.columns(table);
            if (present.isEmpty()) {
                problems.add(
                        "table %s is missing in %s%s".formatted(table, tables.where(), hint(tables.lookalike(table))));
                continue;
            }
            for (String column : wanted.getValue()) {
                Optional<String> found =
                        Optional.ofNullable(present.get(column)).map(Column::name);
                boolean same = found.isPresent() && (found.get().equals(column) || !dialect.namesAreExact());
                if (!same) {
                    problems.add("column %s of table %s is missing%s".formatted(column, table, hint(found)));
                }
            }
        }
    }

    private static String hint(Optional<String> lookalike) {
        return lookalike.map(" (there is %s, and names are exact)"::formatted).orElse("");
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
            column.firstOf()
                    .forEach(value -> value.reads().ifPresent(read -> want(wanted, read.table(), read.column())));
        }
        return wanted;
    }

    private static void want(Map<String, Set<String>> wanted, String table, String column) {
        wanted.computeIfAbsent(table, none -> new LinkedHashSet<>()).add(column);
    }

    private void checkTarget() throws SQLException {
        Target target = definition.target();
        keys.requireUnique(
                target.table(),
                target.identityColumns(),
                "without it a backfill that meets a writer makes doubles",
                UniqueIndex::deferrable);
        keys.requireComparable(
                definition.source().table(), definition.source().key(), target.table(), target.reference());
        for (Target.Constant constant : target.identity()) {
            requireRoomFor(constant);
        }
        for (Target.Computed column : target.columns()) {
            requireRoomFor(column);
        }
    }

    private void requireRoomFor(Target.Constant constant) throws SQLException {
        int length = constant.text().codePointCount(0, constant.text().length());
        OptionalInt width = targetColumn(constant.column()).width();
        if (width.isPresent() && length > width.getAsInt()) {
            problems.add("column %s of table %s holds %d characters, and its constant '%s' has %d"
                    .formatted(
                            constant.column(), definition.target().table(), width.getAsInt(), constant.text(), length));
        }
    }

    /** A value is cut at {@code maxLength}; a column that holds less would refuse it, and {@code ''} would stand there. */
    private void requireRoomFor(Target.Computed column) throws SQLException {
        Column present = targetColumn(column.column());
        if (present.refusesText()) {
            problems.add("column %s of table %s has the type %s, and what is computed is text"
                    .formatted(column.column(), definition.target().table(), present.typeName()));
        }
        if (present.width().isPresent() && column.maxLength() > present.width().getAsInt()) {
            problems.add(("column %s of table %s holds %d characters and the definition keeps %d, so that longer "
                            + "values would be refused instead of cut: widen it, or set maxLength to %3$d")
                    .formatted(
                            column.column(),
                            definition.target().table(),
                            present.width().getAsInt(),
                            column.maxLength()));
        }
    }

    private Column targetColumn(String name) throws SQLException {
        return tables.column(definition.target().table(), name);
    }

    private void checkSourceKeys() throws SQLException {
        Source source = definition.source();
        keys.requireUnique(source.table(), List.of(source.key()), "chunks are cut by it", index -> false);
        for (Source.Join join : source.joins()) {
            keys.requireUnique(
                    join.table(), List.of(join.key()), "a join on it must not multiply rows", index -> false);
            keys.requireComparable(source.table(), join.reference(), join.table(), join.key());
        }
        Column key = tables.column(source.table(), source.key());
        keyType = key.keyType();
        if (keyType.isEmpty()) {
            problems.add("the key %s.%s has the type %s, and chunks are cut by text, integers and exact decimals only"
                    .formatted(source.table(), source.key(), key.typeName()));
        }
        // SQLite calls every primary key nullable that is no integer.
        if (key.nullable() && !tables.isPrimaryKey(source.table(), source.key())) {
            problems.add("the key %s.%s may be NULL, and a row without a key is in no chunk: make it NOT NULL"
                    .formatted(source.table(), source.key()));
        }
    }
}
