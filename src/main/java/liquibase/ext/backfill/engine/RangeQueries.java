package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends queries that take ranges of keys of one column, or find one. */
final class RangeQueries {
    private final Connection connection;
    private final KeyType keyType;

    RangeQueries(Connection connection, KeyType keyType) {
        this.connection = connection;
        this.keyType = keyType;
    }

    /** A query as it is to be executed; for the caller to close. */
    PreparedStatement prepared(String query, KeyRange... ranges) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query);
        try {
            for (int i = 0; i < ranges.length; i++) {
                bind(statement, 2 * i + 1, ranges[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** Binds a range's two bounds. */
    private void bind(PreparedStatement statement, int index, KeyRange range) throws SQLException {
        keyType.bind(statement, index, range.low());
        keyType.bind(statement, index + 1, range.high());
    }

    /** The answer of a query for the lowest and the highest key; empty if it finds no key. */
    Optional<KeyRange> bounds(String query, KeyRange... ranges) throws SQLException {
        try (PreparedStatement statement = prepared(query, ranges);
                ResultSet row = statement.executeQuery()) {
            row.next();
            String lowest = row.getString(1);
            return lowest == null ? Optional.empty() : Optional.of(KeyRange.closed(lowest, row.getString(2)));
        }
    }

    /** The answer of a query for one number. */
    long number(String query, KeyRange... ranges) throws SQLException {
        try (PreparedStatement statement = prepared(query, ranges);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The answer of a query for one key; empty if it finds none. */
    Optional<String> key(String query, KeyRange... ranges) throws SQLException {
        try (PreparedStatement statement = prepared(query, ranges);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return Optional.ofNullable(row.getString(1));
        }
    }

    /** The answer of a query for several keys. */
    List<String> keys(String query, KeyRange... ranges) throws SQLException {
        try (PreparedStatement statement = prepared(query, ranges);
                ResultSet rows = statement.executeQuery()) {
            List<String> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
            return keys;
        }
    }
}
