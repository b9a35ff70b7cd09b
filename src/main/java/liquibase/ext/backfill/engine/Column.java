package liquibase.ext.backfill.engine;

import java.sql.Types;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A column of a table.
 *
 * @param name as the database has it
 * @param jdbcType one of {@link Types}
 * @param typeName the database's own name for the type
 * @param width how many characters it holds at most; empty if it holds no text, or any
 * @param nullable whether it may be {@code NULL}
 */
record Column(String name, int jdbcType, String typeName, OptionalInt width, boolean nullable) {
    /** How keys of it are handed over; empty if chunks cannot be cut by it. */
    Optional<KeyType> keyType() {
        return KeyType.of(jdbcType);
    }

    /** Whether it is of a type that no text can be put into. What a driver has no type for may well take one. */
    boolean refusesText() {
        return switch (jdbcType) {
            case Types.BIT,
                    Types.BOOLEAN,
                    Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.NUMERIC,
                    Types.DECIMAL,
                    Types.DATE,
                    Types.TIME,
                    Types.TIME_WITH_TIMEZONE,
                    Types.TIMESTAMP,
                    Types.TIMESTAMP_WITH_TIMEZONE,
                    Types.BINARY,
                    Types.VARBINARY,
                    Types.LONGVARBINARY,
                    Types.BLOB -> true;
            default -> false;
        };
    }
}
