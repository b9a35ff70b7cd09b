package liquibase.ext.backfill.engine;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.dialects.Dialect;

/** The queries that look for values which are cut to their column's length. */
final class CutSql {
    private final Target target;
    private final BackfillSql sql;
    private final TableSql tables;
    private final ValueSql values;
    private final Dialect dialect;

    CutSql(Target target, BackfillSql sql, Dialect dialect) {
        this.target = target;
        this.sql = sql;
        this.tables = sql.tables();
        this.values = sql.values();
        this.dialect = dialect;
    }

    /** How many rows that a range lacks would get a value that is cut. Takes the range twice. */
    String tooLongWithin(KeyRange range) {
        return tooLong(sql.lackingWithin(range));
    }

    /** How many rows that are missing would get a value that is cut. */
    String tooLong() {
        return tooLong(sql.lacking());
    }

    /**
     * Inserts what a range lacks, and says how many rows that were and how many of them got a value that is cut. A value is
     * computed a second time only for a row whose column is filled. Takes the range twice.
     */
    String insertWithin(KeyRange range, Isolation isolation) {
        return """
                WITH written AS (
                %1$s
                RETURNING %2$s)
                SELECT COUNT(*), COUNT(CASE WHEN %3$s
                       THEN (SELECT 1 FROM %4$s s
                             %5$sWHERE %6$s AND (%7$s)%8$s) END)
                FROM written t""".formatted(
                        sql.insertWithin(range, isolation),
                        String.join(", ", returned()),
                        anyColumn(this::filled),
                        tables.sourceTable(),
                        tables.joined(),
                        tables.reference(),
                        anyColumn(this::filledByCutting),
                        dialect.correlated());
    }

    private List<String> returned() {
        return Stream.concat(
                        Stream.of(target.reference()), target.columns().stream().map(Target.Computed::column))
                .map(dialect::quote)
                .toList();
    }

    /** The values are computed as for the insert: which ones are too long is known only then. */
    private String tooLong(String lacking) {
        return """
                SELECT COUNT(*)
                %s
                  AND (%s)""".formatted(lacking, anyColumn(column -> "NOT (" + fits(column) + ")"));
    }

    private String fits(Target.Computed column) {
        return dialect.identical(values.whole(column), values.cut(values.whole(column), column));
    }

    /** How many source rows of a range have a target row with a value that is cut. Takes the range twice. */
    String cutWithin(KeyRange range) {
        return """
                %s
                  AND %s
                  AND %s""".formatted(
                cut(), TableSql.within(range, tables.sourceKey()), TableSql.within(range, tables.targetReference()));
    }

    /**
     * How many source rows have a target row with a value that is cut. Computed only for rows whose column is filled:
     * another's value may not even be computable.
     */
    String cut() {
        return """
                SELECT COUNT(*)
                FROM %s s
                %sJOIN %s t ON %s
                WHERE (%s)""".formatted(
                        tables.sourceTable(),
                        tables.joined(),
                        tables.targetTable(),
                        tables.identity(),
                        anyColumn(this::filledByCutting));
    }

    private String filledByCutting(Target.Computed column) {
        return "CASE WHEN %s THEN CASE WHEN %s THEN 0 ELSE 1 END ELSE 0 END = 1"
                .formatted(filled(column), fits(column));
    }

    /** A row if a target row of a range has a value that fills its column. Takes a range. */
    String filledWithin(KeyRange range) {
        return filled("%s\n  AND ".formatted(TableSql.within(range, tables.targetReference())));
    }

    /** A row if a target row has a value that fills its column. */
    String filled() {
        return filled("");
    }

    private String filled(String range) {
        return """
                SELECT 1
                FROM %s t
                WHERE %s%s
                  AND (%s)
                LIMIT 1""".formatted(tables.targetTable(), range, tables.constants(), anyColumn(this::filled));
    }

    /** By its last character, and that only where there are as many bytes: to count characters would cost more. */
    private String filled(Target.Computed column) {
        return "OCTET_LENGTH(%1$s) >= %2$s AND LENGTH(SUBSTR(%1$s, %2$s, 1)) > 0"
                .formatted(tables.target(column.column()), column.maxLength());
    }

    private String anyColumn(Function<Target.Computed, String> condition) {
        return target.columns().isEmpty()
                ? "1 = 0"
                : target.columns().stream().map(condition).collect(Collectors.joining(" OR "));
    }
}
