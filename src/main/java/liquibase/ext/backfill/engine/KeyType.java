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
            statement.setLong(index, Long.parseLong(key));
        }
    },
    DECIMAL {
        @Override
        void bind(PreparedStatement statement, int index, String key) throws SQLException {
            statement.setBigDecimal(index, new BigDecimal(key));
        }
    };

    abstract void bind(PreparedStatement statement, int index, String key) throws SQLException;

    /** The key type of a column of one of {@link Types}; empty if no chunk can be cut by such a column. */
    static Optional<KeyType> of(int jdbcType) {
        return Optional.ofNullable(
                switch (jdbcType) {
                    case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR ->
                        TEXT;
                    case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGER;
                    case Types.DECIMAL, Types.NUMERIC -> DECIMAL;
                    default -> null;
                });
    }
}
