package liquibase.ext.backfill.engine;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Coverage;
import liquibase.ext.backfill.definitions.Source;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.definitions.Value;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Failure;
import liquibase.ext.backfill.dialects.Schema;

/**
 * The statements of one definition in one dialect. The source is {@code s}, the target {@code t}, joined tables are
 * {@code j1}, {@code j2}, …
 *
 * <p>What is missing is found by an anti-join with the key range on both sides, so that a chunk costs what its range
 * holds. Its form leaves no planner a choice that depends on what it believes about the tables.
 *
 * <p>Constants stand in the text, so that a statement can be printed and run as it is; the only parameters are the two
 * bounds of a key range, wherever one is taken.
 */
final class BackfillSql {
    private final BackfillDefinition definition;
    private final Dialect dialect;
    private final Schema schema;
    private final JsonString jsonString;

    BackfillSql(BackfillDefinition definition, Dialect dialect, Schema schema) {
        this(definition, dialect, schema, dialect::jsonString);
    }

    private BackfillSql(BackfillDefinition definition, Dialect dialect, Schema schema, JsonString jsonString) {
        this.definition = definition;
        this.dialect = dialect;
        this.schema = schema;
        this.jsonString = jsonString;
    }

    private interface JsonString {
        String of(String document, List<String> path);
    }

    /**
     * The same statements for documents that the database can read as they are stored; the others make them fail with
     * {@link Failure#DATA}. This very object where that makes no difference.
     */
    BackfillSql forReadableDocuments() {
        var readable = new BackfillSql(definition, dialect, schema, dialect::readableJsonString);
        return readable.insertAll().equals(insertAll()) ? this : readable;
    }

    /**
     * How many source rows there are, and how many of them have their target row. Counting the target alone would not
     * do: an orphan there hides a row that is missing. A row without a key, which a unique constraint allows, is owed
     * nothing, for nothing could refer to it.
     */
    String parity() {
        return """
                SELECT COUNT(%1$s), COUNT(%2$s)
                FROM %3$s s
                LEFT JOIN %4$s t ON %5$s""".formatted(sourceKey(), targetReference(), sourceTable(), targetTable(), identity());
    }

    /** The lowest and the highest source key. */
    String keyBounds() {
        return """
                SELECT MIN(%1$s), MAX(%1$s)
                FROM %2$s s""".formatted(sourceKey(), sourceTable());
    }

    /**
     * How many source rows the first {@code limit} keys of a range are, and the last of them. Takes a range, whose upper
     * bound stays outside: a planner without statistics takes a range for small, and would sort all that is left of it.
     */
    String chunk(KeyRange range, long limit) {
        return """
                SELECT COUNT(*), MAX(chunk_key)
                FROM (SELECT %1$s AS chunk_key
                      FROM %2$s s
                      WHERE %3$s
                      ORDER BY %1$s
                      LIMIT %4$s) chunk
                WHERE %5$s""".formatted(sourceKey(), sourceTable(), above(range, sourceKey()), limit, upTo("chunk_key"));
    }

    /** How many source rows a range holds. Takes a range. */
    String rowsWithin(KeyRange range) {
        return """
                SELECT COUNT(*)
                FROM %s s
                WHERE %s""".formatted(sourceTable(), within(range, sourceKey()));
    }

    /** The lowest and the highest source key of a range that lack their target row. Takes the range twice. */
    String missingWithin(KeyRange range) {
        return """
                SELECT MIN(%1$s), MAX(%1$s)
                %2$s""".formatted(sourceKey(), lacking(List.of(), range));
    }

    /** How many rows {@link #insertAll} would insert. */
    String insertable() {
        return """
                SELECT COUNT(*)
                %s""".formatted(lacking());
    }

    /** Inserts what a range lacks, in a transaction of an isolation. Takes the range twice. */
    String insertWithin(KeyRange range, Isolation isolation) {
        return insertWithin(range, definition.source().joins(), computed(), isolation);
    }

    /** Inserts what a range lacks, with the last resort of each column as its value. Takes the range twice. */
    String insertLastResortWithin(KeyRange range, Isolation isolation) {
        return insertWithin(
                range,
                List.of(),
                definition.target().columns().stream().map(this::lastResort).toList(),
                isolation);
    }

    /** Inserts what is missing, all at once. */
    String insertAll() {
        return insert(computed(), lacking(definition.source().joins())) + skipExisting();
    }

    /** A serializable transaction cannot skip a row that it does not see: the clause would cost its time for nothing. */
    private String insertWithin(KeyRange range, List<Source.Join> joins, List<String> values, Isolation isolation) {
        String insert = insert(values, lacking(joins, range));
        return isolation == Isolation.SERIALIZABLE ? insert : insert + skipExisting();
    }

    private String insert(List<String> values, String lacking) {
        return """
                INSERT INTO %s (%s)
                SELECT %s""".formatted(
                        targetTable(),
                        String.join(", ", targetColumns()),
                        definition.coverage() == Coverage.PARTIAL && !values.isEmpty()
                                ? selectedIfPresent(values, lacking)
                                : selected(sourceKey(), values) + "\n" + lacking);
    }

    /** Each value is computed once, though it is asked for twice: whether there is one, and which. */
    private String selectedIfPresent(List<String> values, String lacking) {
        List<String> names =
                IntStream.range(0, values.size()).mapToObj(i -> "value_" + i).toList();
        String computed = IntStream.range(0, values.size())
                .mapToObj(i -> ",\n       %s AS %s".formatted(values.get(i), names.get(i)))
                .collect(Collectors.joining());
        return """
                %s
                FROM (SELECT %s AS source_key%s
                %s%s) computed
                WHERE %s""".formatted(
                        selected("source_key", names),
                        sourceKey(),
                        computed,
                        lacking,
                        dialect.computedOnce(),
                        names.stream().map(name -> name + " IS NOT NULL").collect(Collectors.joining(" AND ")));
    }

    /** The source rows that lack their target row and have something to put into it. Takes the range twice. */
    String lackingWithin(KeyRange range) {
        return lacking(definition.source().joins(), range) + present();
    }

    /** The same of the whole table. */
    String lacking() {
        return lacking(definition.source().joins()) + present();
    }

    /** The source rows without a target row, and their joined rows. */
    private String lacking(List<Source.Join> joins) {
        return """
                FROM %s s
                %sWHERE NOT EXISTS (SELECT 1 FROM %s t WHERE %s)""".formatted(sourceTable(), joined(joins), targetTable(), identity());
    }

    /** The same of a range. */
    private String lacking(List<Source.Join> joins, KeyRange range) {
        return dialect.antiJoinsByFullJoin()
                ? """
                FROM (SELECT %s FROM %s s WHERE %s) s
                FULL JOIN (SELECT %s FROM %s t WHERE %s AND %s) t ON %s
                %sWHERE %s IS NULL""".formatted(
                                String.join(", ", sourceColumns()),
                                sourceTable(),
                                within(range, sourceKey()),
                                targetReference(),
                                targetTable(),
                                within(range, targetReference()),
                                constants(),
                                reference(),
                                joined(joins),
                                targetReference())
                : """
                FROM %s s
                %sWHERE %s
                  AND NOT EXISTS (SELECT 1 FROM %s t WHERE %s AND %s)""".formatted(
                                sourceTable(),
                                joined(joins),
                                within(range, sourceKey()),
                                targetTable(),
                                identity(),
                                within(range, targetReference()));
    }

    /** What a definition reads of its source, and no more: a user may have the right to no other column. */
    private List<String> sourceColumns() {
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

    private List<String> computed() {
        return definition.target().columns().stream().map(this::computed).toList();
    }

    private String selected(String key, List<String> values) {
        var constants = definition.target().identity().stream().map(constant -> dialect.literal(constant.text()));
        return Stream.of(Stream.of(key), constants, values.stream())
                .flatMap(parts -> parts)
                .collect(Collectors.joining(",\n       "));
    }

    private List<String> targetColumns() {
        var target = definition.target();
        return Stream.concat(
                        target.identityColumns().stream(),
                        target.columns().stream().map(Target.Computed::column))
                .map(dialect::quote)
                .toList();
    }

    /** The joins of the definition, each line ended. */
    String joined() {
        return joined(definition.source().joins());
    }

    private String joined(List<Source.Join> joins) {
        return joins.stream()
                .map(join -> "LEFT JOIN %s %s ON %s = %s\n"
                        .formatted(
                                dialect.qualified(schema, join.table()),
                                alias(join.table()),
                                column(join.table(), join.key()),
                                column(definition.source().table(), join.reference())))
                .collect(Collectors.joining());
    }

    private String present() {
        return definition.coverage() == Coverage.PARTIAL
                ? computed().stream()
                        .map(value -> "\n  AND " + value + " IS NOT NULL")
                        .collect(Collectors.joining())
                : "";
    }

    private String skipExisting() {
        String clause = dialect.skipExisting(definition.target().identityColumns().stream()
                .map(dialect::quote)
                .toList());
        return clause.isEmpty() ? "" : "\n" + clause;
    }

    private String computed(Target.Computed column) {
        return cut(whole(column), column);
    }

    /** What a column is to hold, before it is cut to the column's length. */
    String whole(Target.Computed column) {
        var values = column.firstOf().stream().map(this::value).toList();
        return values.size() == 1 ? values.get(0) : "COALESCE(" + String.join(", ", values) + ")";
    }

    /** What a column holds of a text: as much as is written. */
    String cut(String whole, Target.Computed column) {
        return dialect.cut(whole, column.maxLength());
    }

    /** What a column gets where the database refuses its computed value: its last literal, or else nothing. */
    private String lastResort(Target.Computed column) {
        Value last = column.firstOf().get(column.firstOf().size() - 1);
        return last instanceof Value.Literal literal
                ? dialect.cut(dialect.literal(literal.text()), column.maxLength())
                : "NULL";
    }

    private String value(Value value) {
        if (value instanceof Value.Column column) {
            return dialect.text(column(column.table(), column.column()));
        }
        if (value instanceof Value.JsonString json) {
            return jsonString.of(column(json.table(), json.column()), json.path());
        }
        return dialect.literal(((Value.Literal) value).text());
    }

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

    static String within(KeyRange range, String column) {
        return above(range, column) + " AND " + upTo(column);
    }

    private static String above(KeyRange range, String column) {
        return column + (range.lowIncluded() ? " >= ?" : " > ?");
    }

    private static String upTo(String column) {
        return column + " <= ?";
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

    private String column(String table, String column) {
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
}
