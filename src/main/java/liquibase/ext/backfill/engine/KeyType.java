package liquibase.ext.backfill.engine;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;

/**
 * How a key, which travels through the engine as text, is handed back to the database: as what its column is, or the
 * column's index would not be used.
 */
enum KeyType {
    TEXT {
        @Override
        void bind(PreparedStatement statement, int index, String key) throws SQLException {
            statement.setString(index, key);
        }
    },
    INTEGER {
        @Override
        void bind(PreparedStatement statement, int index, String key) throws SQLException {
            BigDecimal number = number(key);
            if (number.compareTo(LARGEST_LONG) > 0) { // MySQL's unsigned numbers
                statement.setBigDecimal(index, number);
            } else {
                statement.setLong(index, number.longValue());
            }
        }
    },
    DECIMAL {
        @Override
        void bind(PreparedStatement statement, int index, String key) throws SQLException {
            statement.setBigDecimal(index, number(key));
        }
    };

    private static final BigDecimal LARGEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    /** SQLite keeps anything in any column. */
    private static BigDecimal number(String key) throws SQLException {
        try {
            return new BigDecimal(key);
        } catch (NumberFormatException e) {
            throw new SQLException("the source key \"%s\" is in a column of numbers and is none".formatted(key), e);
        }
    }

    abstract void bind(PreparedStatement statement, int index, String key) throws SQLException;

    /** Whether a column of this type is found by its index with values of another column. */
    boolean takes(KeyType values) {
        return values == this || (this == DECIMAL && values == INTEGER);
    }

    /** The key type of a column of one of {@link Types}; empty if no chunk can be cut by such a column. */
    static Optional<KeyType> of(int jdbcType) {
        return Optional.ofNullable(
                switch (jdbcType) {
                    case Types.CHAR,
                            Types.VARCHAR,
                            Types.LONGVARCHAR,
                            Types.NCHAR,
                            Types.NVARCHAR,
                            Types.LONGNVARCHAR -> TEXT;
                    case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGER;
                    case Types.DECIMAL, Types.NUMERIC -> DECIMAL;
                    default -> null;
                });
    }
}
