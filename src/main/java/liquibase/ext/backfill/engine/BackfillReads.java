package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** What a run asks the database. Nothing here writes, and nothing runs inside a chunk's transaction. */
final class BackfillReads {
    /** How many source rows are looked at per query when missing keys are looked for: a matter of milliseconds. */
    private static final int NARROWING_ROWS = 50_000;

    private final Connection connection;
    private final BackfillSql sql;
    private final RangeQueries queries;

    BackfillReads(Connection connection, BackfillSql sql, KeyType keyType) {
        this.connection = connection;
        this.sql = sql;
        this.queries = new RangeQueries(connection, keyType);
    }

    /** The range of all source keys; empty if there is no row. */
    Optional<KeyRange> keys() throws SQLException {
        return queries.bounds(sql.keyBounds());
    }

    /** The first rows of a range; empty if it holds none. */
    Optional<Chunk> chunk(KeyRange range, long limit) throws SQLException {
        try (PreparedStatement statement = queries.prepared(sql.chunk(range, limit), range);
                ResultSet row = statement.executeQuery()) {
            row.next();
            long rows = row.getLong(1);
            return rows == 0 ? Optional.empty() : Optional.of(new Chunk(range.upTo(row.getString(2)), rows));
        }
    }

    /** How many source rows a range holds. */
    long rowsWithin(KeyRange range) throws SQLException {
        return queries.number(sql.rowsWithin(range), range);
    }

    /** How many rows are missing for which there is something to insert. */
    long insertable() throws SQLException {
        return queries.number(sql.insertable());
    }

    /** Compares the source with the target. */
    Parity parity() throws SQLException {
        return parity(connection, sql);
    }

    /** The same without a key type: it takes no key. */
    static Parity parity(Connection connection, BackfillSql sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.parity());
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Parity(row.getLong(1), row.getLong(2));
        }
    }

    /** What is done between two of the many queries of a search. */
    interface Between {
        void queries() throws SQLException;
    }

    /** From the lowest to the highest key of a range that lacks its target row; empty if none does. */
    Optional<KeyRange> narrowed(KeyRange range, Between between) throws SQLException {
        Optional<KeyRange> found = Optional.empty();
        KeyRange rest = range;
        for (var next = chunk(rest, NARROWING_ROWS); next.isPresent(); next = chunk(rest, NARROWING_ROWS)) {
            KeyRange chunk = next.get().range();
            Optional<KeyRange> missing = queries.bounds(sql.missingWithin(chunk), chunk, chunk);
            if (missing.isPresent()) {
                String low = found.orElse(missing.get()).low();
                found = Optional.of(KeyRange.closed(low, missing.get().high()));
            }
            rest = KeyRange.after(chunk.high(), range.high());
            between.queries();
        }
        return found;
    }

    /** A statement of a chunk with its ranges, for the caller to execute and to close. */
    PreparedStatement prepared(String statement, KeyRange... ranges) throws SQLException {
        return queries.prepared(statement, ranges);
    }
}
