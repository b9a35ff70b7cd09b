package liquibase.ext.backfill.engine;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.dialects.Dialect;

/**
 * The queries that look at the value of every row. What a row is to hold is the very expression that a backfill writes
 * with, taken from its {@link ValueSql}.
 *
 * <p>A target row is looked up row by row in a scalar subquery: no planner can make a join of it that costs more than
 * the range holds. The only parameters are the bounds of one key range.
 */
final class VerificationSql {
    /** Not one of the findings: a partial backfill owes the row nothing. */
    static final String NOT_OWED = "NOT_OWED";

    private final TableSql tables;
    private final ValueSql values;
    private final Dialect dialect;
    private final Target target;
    private final boolean total;

    VerificationSql(BackfillDefinition definition, BackfillSql sql, Dialect dialect) {
        this.tables = sql.tables();
        this.values = sql.values();
        this.dialect = dialect;
        this.target = definition.target();
        this.total = definition.isTotal();
    }

    /** How many source rows of a range belong to which finding. Takes a range. */
    String findings(KeyRange range) {
        return """
                SELECT finding, COUNT(*)
                FROM (%s) judged
                GROUP BY finding""".formatted(judged(range));
    }

    /** The first source keys of a range that belong to a finding. Takes a range. */
    String keys(KeyRange range, Finding finding, int limit) {
        return """
                SELECT source_key
                FROM (%s) judged
                WHERE finding = '%s'
                ORDER BY source_key
                LIMIT %s""".formatted(judged(range), finding, limit);
    }

    /** How many target rows the source rows of a range have, without computing a value. Takes a range. */
    String matches(KeyRange range) {
        return """
                SELECT COUNT(*)
                FROM %s s JOIN %s t ON %s
                WHERE %s""".formatted(
                        tables.sourceTable(),
                        tables.targetTable(),
                        tables.identity(),
                        TableSql.within(range, tables.sourceKey()));
    }

    private String judged(KeyRange range) {
        return """
                SELECT source_key, CASE %sWHEN matches = 0 THEN '%s'
                       WHEN matches > 1 THEN '%s'
                       WHEN spelled_alike = 0 THEN '%s'
                       %sELSE '%s' END AS finding
                FROM (%s) paired""".formatted(
                        total ? "" : anyColumn(NOT_OWED, i -> whole(i) + " IS NULL"),
                        Finding.MISSING,
                        Finding.DUPLICATE,
                        Finding.RESPELLED,
                        valueFindings(),
                        Finding.EXACT,
                        pairs(range));
    }

    private String valueFindings() {
        return anyColumn(Finding.OTHER.name(), i -> differs(i) + " AND NOT (" + lacks(i) + ")")
                + anyColumn(Finding.EMPTY.name(), this::differs)
                + anyColumn(Finding.TRUNCATED.name(), i -> "NOT (" + dialect.identical(whole(i), expected(i)) + ")");
    }

    private String anyColumn(String finding, IntFunction<String> condition) {
        String conditions = IntStream.range(0, target.columns().size())
                .mapToObj(condition)
                .collect(Collectors.joining(") OR (", "(", ")"));
        return target.columns().isEmpty() ? "" : "WHEN %s THEN '%s'\n       ".formatted(conditions, finding);
    }

    private String differs(int column) {
        return "NOT (" + dialect.identical(actual(column), expected(column)) + ")";
    }

    /** Whether the target row has nothing where there is something to have. */
    private String lacks(int column) {
        String empty = dialect.literal("");
        return "(%1$s IS NULL OR %2$s) AND %3$s IS NOT NULL AND NOT (%4$s)"
                .formatted(
                        actual(column),
                        dialect.identical(actual(column), empty),
                        whole(column),
                        dialect.identical(expected(column), empty));
    }

    private String expected(int column) {
        return values.cut(whole(column), target.columns().get(column));
    }

    private static String whole(int column) {
        return "whole_" + column;
    }

    private static String actual(int column) {
        return "actual_" + column;
    }

    /**
     * Each source row of a range with what its target row is to hold and what it holds. The limit, which nothing
     * reaches, keeps planners from dissolving the subquery and computing each value once per mention.
     */
    private String pairs(KeyRange range) {
        String columns = IntStream.range(0, target.columns().size())
                .mapToObj(i -> ",\n       %s AS %s,\n       %s AS %s"
                        .formatted(
                                values.whole(target.columns().get(i)),
                                whole(i),
                                ofTarget(tables.target(target.columns().get(i).column()), "", " LIMIT 1"),
                                actual(i)))
                .collect(Collectors.joining());
        return """
                SELECT %s AS source_key,
                       %s AS matches,
                       %s AS spelled_alike%s
                FROM %s s
                %sWHERE %s
                LIMIT 9223372036854775807""".formatted(
                        tables.sourceKey(),
                        ofTarget("COUNT(*)", "", ""),
                        ofTarget("COUNT(*)", spelledAlike(), ""),
                        columns,
                        tables.sourceTable(),
                        tables.joined(),
                        TableSql.within(range, tables.sourceKey()));
    }

    private String ofTarget(String what, String condition, String limit) {
        return "(SELECT %s FROM %s t WHERE %s%s%s)"
                .formatted(what, tables.targetTable(), tables.identity(), condition, limit);
    }

    private String spelledAlike() {
        return target.identity().stream()
                .map(constant ->
                        " AND " + dialect.identical(tables.target(constant.column()), dialect.literal(constant.text())))
                .collect(Collectors.joining());
    }
}
