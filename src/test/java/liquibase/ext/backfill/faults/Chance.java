package liquibase.ext.backfill.faults;

import java.util.Random;

/**
 * What is random in the suite, and how much of it there is. {@code -Dbackfill.faults.seed=…} is a number, or
 * {@code random}; {@code -Dbackfill.faults.rounds=…} is how many times as often as usual each fault is done.
 */
public final class Chance {
    private static final String USUAL_SEED = "20261124";

    /** The same in all JVMs of a build. */
    static final String BUILD = System.getProperty(
            "backfill.test.build", "of process " + ProcessHandle.current().pid());

    static final long SEED = seed(System.getProperty("backfill.faults.seed", USUAL_SEED));
    static final int ROUNDS = Integer.getInteger("backfill.faults.rounds", 1);

    static {
        System.out.println("What is random in the tests: " + options());
    }

    private Chance() {}

    private static long seed(String text) {
        return text.equals("random") ? BUILD.hashCode() & Integer.MAX_VALUE : Long.parseLong(text);
    }

    /** What does the same again. */
    public static String options() {
        return "-Dbackfill.faults.seed=%d -Dbackfill.faults.rounds=%d".formatted(SEED, ROUNDS);
    }

    /** The same for the same test, whichever others run. */
    public static Random of(String test) {
        return new Random(SEED * 31 + test.hashCode());
    }

    public static int times(int usual) {
        return usual * ROUNDS;
    }
}
