package liquibase.ext.backfill.engine;

/**
 * What a source row or a target row turns out to be when its value is looked at. A row is counted under one finding, the
 * one that stands furthest down.
 */
public enum Finding {
    /** The target row holds what a backfill would write. */
    EXACT,

    /** The same, and the source has more than the column holds. Accepted, and counted. */
    TRUNCATED,

    /** The target row is empty although the source has a value. */
    EMPTY,

    /** The target row holds something else: the source changed since, or somebody wrote another value. */
    OTHER,

    /**
     * The database takes the target row for the one that is owed, and its identity is spelled otherwise: letter case,
     * accents or trailing blanks under a loose collation.
     */
    RESPELLED,

    /**
     * The database refuses to compute the value. The target row is there, or is owed only to a value, and is not judged.
     */
    REFUSED,

    /** The source row is gone. */
    ORPHAN,

    /** More than one target row: possible only without the unique constraint, or where its index is broken. */
    DUPLICATE(true),

    /** No target row. */
    MISSING(true);

    private final boolean failure;

    Finding() {
        this(false);
    }

    Finding(boolean failure) {
        this.failure = failure;
    }

    /**
     * Whether the promise of a backfill is broken. An orphan or another value breaks none: existing rows are never
     * changed, and may be newer than their source.
     */
    public boolean isFailure() {
        return failure;
    }
}
