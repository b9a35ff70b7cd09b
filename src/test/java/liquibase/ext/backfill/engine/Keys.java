package liquibase.ext.backfill.engine;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import liquibase.ext.backfill.testing.TestDatabase;

/** Kinds of source keys. The same kind gives the same keys each time, so that a failure can be looked at again. */
enum Keys {
    SEQUENTIAL_NUMBERS("BIGINT") {
        @Override
        String key(int i, Random random) {
            return Integer.toString(i + 1);
        }
    },
    RANDOM_NUMBERS("BIGINT") {
        @Override
        String key(int i, Random random) {
            return Long.toString(random.nextLong());
        }
    },
    DECIMALS("DECIMAL(30, 0)") {
        @Override
        String key(int i, Random random) {
            return new BigInteger(62, random).toString();
        }

        /** A decimal of SQLite is a floating point number when it is large. */
        @Override
        String type(TestDatabase product) {
            return product == TestDatabase.SQLITE ? "BIGINT" : super.type(product);
        }
    },
    RANDOM_TEXTS("VARCHAR(20)") {
        @Override
        String key(int i, Random random) {
            return "%016x".formatted(random.nextLong());
        }
    },
    /** As long as an index of InnoDB allows beside the tag's name, and all the same up to the last characters. */
    LONG_TEXTS("VARCHAR(700)") {
        @Override
        String key(int i, Random random) {
            return "é".repeat(684) + "%016x".formatted(random.nextLong());
        }
    },
    FIXED_LENGTH_TEXTS("CHAR(26)") {
        @Override
        String key(int i, Random random) {
            return "%016x".formatted(random.nextLong());
        }
    },
    /** Their order is the collation's own: not that of Java, nor that of the bytes. */
    TEXTS_OF_ANOTHER_ORDER("VARCHAR(40)") {
        @Override
        String key(int i, Random random) {
            List<String> begins = List.of("a", "B", "ä", "Z", "-", "_", "ß", "é", "😀", " ", "1");
            return begins.get(random.nextInt(begins.size())) + begins.get(random.nextInt(begins.size())) + "k" + i;
        }

        @Override
        String type(TestDatabase product) {
            return super.type(product)
                    + switch (product) {
                        case POSTGRESQL -> " COLLATE \"und-x-icu\"";
                        case SQLITE -> " COLLATE NOCASE";
                        default -> ""; // by default neither case nor accents count
                    };
        }
    };

    private final String type;

    Keys(String type) {
        this.type = type;
    }

    abstract String key(int i, Random random);

    String type(TestDatabase product) {
        return type;
    }

    boolean areNumbers() {
        return this == SEQUENTIAL_NUMBERS || this == RANDOM_NUMBERS || this == DECIMALS;
    }

    List<String> keys(int count) {
        var random = new Random(name().hashCode());
        return IntStream.range(0, count).mapToObj(i -> key(i, random)).toList();
    }
}
