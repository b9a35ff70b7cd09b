package liquibase.ext.backfill.engine;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Counts the rows whose value a chunk cuts to its column's length. Which value is too long is known only by computing it
 * a second time, which makes a chunk dearer by up to a half; so that is done only where a value fills its column. Where a
 * query can go on with what an insert wrote, that is one statement. Elsewhere a chunk is looked at before and after for such
 * values, which is cheap and takes no locks.
 */
final class CutValues {
    private final RunContext run;
    private final CutSql sql;

    CutValues(RunContext run) {
        this.run = run;
        this.sql = new CutSql(run.definition().target(), run.sql(), run.dialect());
    }

    /** Inserts what a range lacks, and counts. */
    Inserted counted(BackfillSql statements, KeyRange range) throws SQLException {
        String query = new CutSql(run.definition().target(), statements, run.dialect())
                .insertWithin(range, run.options().isolation());
        String timed = run.dialect().timed(query, run.options().timeouts());
        try (PreparedStatement statement = run.reads().prepared(timed, range, range);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Inserted(row.getLong(1), row.getLong(2));
        }
    }

    /** Whether a range has target rows with values that fill their column. Asked outside of transactions. */
    boolean areFilled(KeyRange range) throws SQLException {
        return !run.definition().target().columns().isEmpty()
                && run.steps()
                                .take(
                                        "the look for cut values of keys " + range,
                                        () -> first(sql.filledWithin(range), range))
                        > 0;
    }

    /**
     * How many rows that a range lacks are about to get a value that is cut. For a range that has filled values of
     * others; asked inside the chunk's transaction, before its insert.
     */
    long expected(KeyRange range) throws SQLException {
        return first(sql.tooLongWithin(range), range, range);
    }

    /** How many rows of a range, which had no filled value before the chunk, have one that was cut. */
    long written(KeyRange range) throws SQLException {
        return run.steps()
                .take("the count of cut values of keys " + range, () -> first(sql.cutWithin(range), range, range));
    }

    private long first(String query, KeyRange... ranges) throws SQLException {
        try (PreparedStatement statement = run.reads().prepared(query, ranges);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
