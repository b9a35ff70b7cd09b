package liquibase.ext.backfill.engine;

/** Leaves a run before its claim, because another runner is alive at the same backfill: a result, not a failure. */
final class LeftToOther extends RuntimeException {
    /** @param reason who it is and how far, to stand in the middle of a sentence */
    LeftToOther(String reason) {
        super(reason, null, false, false);
    }
}
