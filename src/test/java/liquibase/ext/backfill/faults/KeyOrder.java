package liquibase.ext.backfill.faults;

import java.util.Random;

/** How a service makes the keys of its runs. */
enum KeyOrder {
    RANDOM {
        @Override
        String key(int number, Random random) {
            return "%016x".formatted(random.nextLong());
        }
    },
    SEQUENTIAL {
        @Override
        String key(int number, Random random) {
            return "%012d".formatted(number);
        }
    };

    /** Another one each time, at most 20 characters. */
    abstract String key(int number, Random random);

    static KeyOrder of(int number) {
        return values()[number % values().length];
    }
}
