package liquibase.ext.backfill.engine;

/**
 * The parity of one definition: how its source and its target compare.
 *
 * @param sourceRows the source rows
 * @param present those among them that have their target row
 */
public record Parity(long sourceRows, long present) {
    /** The source rows without a target row. */
    public long missing() {
        return sourceRows - present;
    }

    /** Whether every source row has its target row. */
    public boolean holds() {
        return missing() == 0;
    }
}
