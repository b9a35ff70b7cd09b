package liquibase.ext.backfill.engine;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Source;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.definitions.Value;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Schema;

/**
 * The tables and columns of one definition as its statements name them, and the conditions by which rows belong together
 * or to a key range. The source is {@code s}, the target {@code t}, joined tables are {@code j1}, {@code j2}, …
 */
final class TableSql {
    private final BackfillDefinition definition;
    private final Dialect dialect;
    private final Schema schema;

    TableSql(BackfillDefinition definition, Dialect dialect, Schema schema) {
        this.definition = definition;
        this.dialect = dialect;
        this.schema = schema;
    }

    String sourceTable() {
        return dialect.qualified(schema, definition.source().table());
    }

    String targetTable() {
        return dialect.qualified(schema, definition.target().table());
    }

    String sourceKey() {
        return column(definition.source().table(), definition.source().key());
    }

    String targetReference() {
        return target(definition.target().reference());
    }

    String target(String column) {
        return "t." + dialect.quote(column);
    }

    String column(String table, String column) {
        return alias(table) + "." + dialect.quote(column);
    }

    private String alias(String table) {
        var joins = definition.source().joins();
        return IntStream.range(0, joins.size())
                .filter(i -> joins.get(i).table().equals(table))
                .mapToObj(i -> "j" + (i + 1))
                .findFirst()
                .orElse("s");
    }

    /** The joins of the definition, each line ended. */
    String joined() {
        return joined(definition.source().joins());
    }

    /** Some of them. */
    String joined(List<Source.Join> joins) {
        return joins.stream()
                .map(join -> "LEFT JOIN %s %s ON %s = %s\n"
                        .formatted(
                                dialect.qualified(schema, join.table()),
                                alias(join.table()),
                                column(join.table(), join.key()),
                                column(definition.source().table(), join.reference())))
                .collect(Collectors.joining());
    }

    /** That a target row is the one that is owed to a source row. */
    String identity() {
        return Stream.concat(Stream.of(reference()), equalConstants()).collect(Collectors.joining(" AND "));
    }

    /** That a target row refers to a source row. */
    String reference() {
        return targetReference() + " = " + sourceKey();
    }

    /** What tells the target rows from those of other backfills. */
    String constants() {
        String equal = equalConstants().collect(Collectors.joining(" AND "));
        return equal.isEmpty() ? "1 = 1" : equal;
    }

    private Stream<String> equalConstants() {
        return definition.target().identity().stream()
                .map(constant -> target(constant.column()) + " = " + dialect.literal(constant.text()));
    }

    /** What a definition reads of its source, and no more: a user may have the right to no other column. */
    List<String> sourceColumns() {
        Source source = definition.source();
        return Stream.of(
                        Stream.of(source.key()),
                        source.joins().stream().map(Source.Join::reference),
                        definition.target().columns().stream()
                                .flatMap(column -> column.firstOf().stream())
                                .flatMap(value -> value.reads().stream())
                                .filter(read -> read.table().equals(source.table()))
                                .map(Value.Column::column))
                .flatMap(names -> names)
                .distinct()
                .map(name -> column(source.table(), name))
                .toList();
    }

    /** What a backfill fills, in the order of its inserts. */
    List<String> targetColumns() {
        var target = definition.target();
        return Stream.concat(
                        target.identityColumns().stream(),
                        target.columns().stream().map(Target.Computed::column))
                .map(dialect::quote)
                .toList();
    }

    /** That a key lies within a range. Takes the range. */
    static String within(KeyRange range, String column) {
        return above(range, column) + " AND " + upTo(column);
    }

    /** The lower half of that. */
    static String above(KeyRange range, String column) {
        return column + (range.lowIncluded() ? " >= ?" : " > ?");
    }

    /** The upper half of that. */
    static String upTo(String column) {
        return column + " <= ?";
    }
}
