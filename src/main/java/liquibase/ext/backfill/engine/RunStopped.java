package liquibase.ext.backfill.engine;

/** Leaves a run between two chunks: what an operator asked for, not a failure. */
final class RunStopped extends RuntimeException {
    /** @param reason why, to stand in the middle of a sentence */
    RunStopped(String reason) {
        super(reason, null, false, false);
    }
}
