package liquibase.ext.backfill.engine;

/**
 * Keys between two bounds, in the order of the database's collation: never compared in Java.
 *
 * @param low the lower bound
 * @param lowIncluded whether the lower bound belongs to the range
 * @param high the upper bound, which belongs to the range
 */
public record KeyRange(String low, boolean lowIncluded, String high) {
    static KeyRange closed(String low, String high) {
        return new KeyRange(low, true, high);
    }

    static KeyRange after(String low, String high) {
        return new KeyRange(low, false, high);
    }

    static KeyRange only(String key) {
        return closed(key, key);
    }

    KeyRange upTo(String newHigh) {
        return new KeyRange(low, lowIncluded, newHigh);
    }

    @Override
    public String toString() {
        return (lowIncluded ? "[" : "(") + low + ", " + high + "]";
    }
}
