package liquibase.ext.backfill.engine;

import java.util.Optional;

/**
 * How a text column is compared with another.
 *
 * @param padded whether blanks at its end count for nothing, which asks the same of what it is compared with
 * @param collation the collation of its own; empty for the database's, which gives way to another
 */
record TextComparison(boolean padded, Optional<String> collation) {
    /** Whether a column that is compared so is found by its index with values of the other. */
    boolean isLookedUpBy(TextComparison other) {
        return (padded || !other.padded) && !differsInCollation(other);
    }

    boolean differsInCollation(TextComparison other) {
        return collation.isPresent() && other.collation.isPresent() && !collation.equals(other.collation);
    }
}
