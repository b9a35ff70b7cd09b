package liquibase.ext.backfill.engine;

import liquibase.ext.backfill.dialects.Dialect;

/** The queries that look for target rows whose source row is gone. Their parameters are the bounds of one key range. */
final class OrphanSql {
    private final TableSql tables;
    private final Dialect dialect;

    OrphanSql(BackfillSql sql, Dialect dialect) {
        this.tables = sql.tables();
        this.dialect = dialect;
    }

    /** The lowest and the highest source key that a target row names. */
    String targetBounds() {
        return """
                SELECT MIN(%1$s), MAX(%1$s)
                FROM %2$s t
                WHERE %3$s""".formatted(tables.targetReference(), tables.targetTable(), tables.constants());
    }

    /** The last key that the first {@code limit} target rows of a range name. Takes a range. */
    String targetChunk(KeyRange range, long limit) {
        return """
                SELECT MAX(chunk_key)
                FROM (SELECT %1$s AS chunk_key
                      FROM %2$s t
                      WHERE %3$s
                        AND %4$s
                      ORDER BY %1$s
                      LIMIT %5$s) chunk""".formatted(
                        tables.targetReference(),
                        tables.targetTable(),
                        TableSql.within(range, tables.targetReference()),
                        tables.constants(),
                        limit);
    }

    /** How many target rows of a range name a source row that is gone. Takes a range. */
    String orphans(KeyRange range) {
        return "SELECT COUNT(*)\n" + orphaned(range);
    }

    /** The keys that the first of them name. Takes a range. */
    String orphanKeys(KeyRange range, int limit) {
        return "SELECT %1$s\n%2$s\nORDER BY %1$s\nLIMIT %3$s"
                .formatted(tables.targetReference(), orphaned(range), limit);
    }

    /** The source key stands first: SQLite compares by the collation of the left column. */
    private String orphaned(KeyRange range) {
        return """
                FROM %s t
                WHERE %s
                  AND %s
                  AND NOT EXISTS (SELECT 1 FROM %s s WHERE %s = %s%s)""".formatted(
                        tables.targetTable(),
                        TableSql.within(range, tables.targetReference()),
                        tables.constants(),
                        tables.sourceTable(),
                        tables.sourceKey(),
                        tables.targetReference(),
                        dialect.correlated());
    }
}
