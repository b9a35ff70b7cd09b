package liquibase.ext.backfill.engine;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Source;
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
    private final TableSql tables;
    private final ValueSql values;

    BackfillSql(BackfillDefinition definition, Dialect dialect, Schema schema) {
        this(definition, dialect, schema, dialect::jsonString);
    }

    private BackfillSql(BackfillDefinition definition, Dialect dialect, Schema schema, ValueSql.JsonString jsonString) {
        this.definition = definition;
        this.dialect = dialect;
        this.schema = schema;
        this.tables = new TableSql(definition, dialect, schema);
        this.values = new ValueSql(definition, dialect, tables, jsonString);
    }

    /** How these statements name tables and columns, and what makes two rows belong together. */
    TableSql tables() {
        return tables;
    }

    /** What these statements compute. */
    ValueSql values() {
        return values;
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
                LEFT JOIN %4$s t ON %5$s""".formatted(
                        tables.sourceKey(),
                        tables.targetReference(),
                        tables.sourceTable(),
                        tables.targetTable(),
                        tables.identity());
    }

    /** The lowest and the highest source key. */
    String keyBounds() {
        return """
                SELECT MIN(%1$s), MAX(%1$s)
                FROM %2$s s""".formatted(tables.sourceKey(), tables.sourceTable());
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
                WHERE %5$s""".formatted(
                        tables.sourceKey(),
                        tables.sourceTable(),
                        TableSql.above(range, tables.sourceKey()),
                        limit,
                        TableSql.upTo("chunk_key"));
    }

    /** How many source rows a range holds. Takes a range. */
    String rowsWithin(KeyRange range) {
        return """
                SELECT COUNT(*)
                FROM %s s
                WHERE %s""".formatted(tables.sourceTable(), TableSql.within(range, tables.sourceKey()));
    }

    /** The lowest and the highest source key of a range that lack their target row. Takes the range twice. */
    String missingWithin(KeyRange range) {
        return """
                SELECT MIN(%1$s), MAX(%1$s)
                %2$s""".formatted(tables.sourceKey(), lacking(List.of(), range));
    }

    /** How many rows {@link #insertAll} would insert. */
    String insertable() {
        return """
                SELECT COUNT(*)
                %s""".formatted(lacking());
    }

    /** Inserts what a range lacks, in a transaction of an isolation. Takes the range twice. */
    String insertWithin(KeyRange range, Isolation isolation) {
        return insertWithin(range, definition.source().joins(), values.computed(), isolation);
    }

    /** Inserts what a range lacks, with the last resort of each column as its value. Takes the range twice. */
    String insertLastResortWithin(KeyRange range, Isolation isolation) {
        return insertWithin(
                range,
                List.of(),
                definition.target().columns().stream().map(values::lastResort).toList(),
                isolation);
    }

    /** Inserts what is missing, all at once. */
    String insertAll() {
        return insert(values.computed(), lacking(definition.source().joins())) + skipExisting();
    }

    /** A serializable transaction cannot skip a row that it does not see: the clause would cost its time for nothing. */
    private String insertWithin(
            KeyRange range, List<Source.Join> joins, List<String> expressions, Isolation isolation) {
        String insert = insert(expressions, lacking(joins, range));
        return isolation == Isolation.SERIALIZABLE ? insert : insert + skipExisting();
    }

    private String insert(List<String> expressions, String lacking) {
        return """
                INSERT INTO %s (%s)
                SELECT %s""".formatted(
                        tables.targetTable(),
                        String.join(", ", tables.targetColumns()),
                        definition.isTotal() || expressions.isEmpty()
                                ? selected(tables.sourceKey(), expressions) + "\n" + lacking
                                : selectedIfPresent(expressions, lacking));
    }

    /** Each value is computed once, though it is asked for twice: whether there is one, and which. */
    private String selectedIfPresent(List<String> expressions, String lacking) {
        List<String> names = IntStream.range(0, expressions.size())
                .mapToObj(i -> "value_" + i)
                .toList();
        String computed = IntStream.range(0, expressions.size())
                .mapToObj(i -> ",\n       %s AS %s".formatted(expressions.get(i), names.get(i)))
                .collect(Collectors.joining());
        return """
                %s
                FROM (SELECT %s AS source_key%s
                %s%s) computed
                WHERE %s""".formatted(
                        selected("source_key", names),
                        tables.sourceKey(),
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
                %sWHERE NOT EXISTS (SELECT 1 FROM %s t WHERE %s)""".formatted(tables.sourceTable(), tables.joined(joins), tables.targetTable(), tables.identity());
    }

    /** The same of a range. */
    private String lacking(List<Source.Join> joins, KeyRange range) {
        return dialect.antiJoinsByFullJoin()
                ? """
                FROM (SELECT %s FROM %s s WHERE %s) s
                FULL JOIN (SELECT %s FROM %s t WHERE %s AND %s) t ON %s
                %sWHERE %s IS NULL""".formatted(
                                String.join(", ", tables.sourceColumns()),
                                tables.sourceTable(),
                                TableSql.within(range, tables.sourceKey()),
                                tables.targetReference(),
                                tables.targetTable(),
                                TableSql.within(range, tables.targetReference()),
                                tables.constants(),
                                tables.reference(),
                                tables.joined(joins),
                                tables.targetReference())
                : """
                FROM %s s
                %sWHERE %s
                  AND NOT EXISTS (SELECT 1 FROM %s t WHERE %s AND %s)""".formatted(
                                tables.sourceTable(),
                                tables.joined(joins),
                                TableSql.within(range, tables.sourceKey()),
                                tables.targetTable(),
                                tables.identity(),
                                TableSql.within(range, tables.targetReference()));
    }

    private String selected(String key, List<String> expressions) {
        var constants = definition.target().identity().stream().map(constant -> dialect.literal(constant.text()));
        return Stream.of(Stream.of(key), constants, expressions.stream())
                .flatMap(parts -> parts)
                .collect(Collectors.joining(",\n       "));
    }

    private String present() {
        return definition.isTotal()
                ? ""
                : values.computed().stream()
                        .map(value -> "\n  AND " + value + " IS NOT NULL")
                        .collect(Collectors.joining());
    }

    private String skipExisting() {
        String clause = dialect.skipExisting(definition.target().identityColumns().stream()
                .map(dialect::quote)
                .toList());
        return clause.isEmpty() ? "" : "\n" + clause;
    }
}
