package liquibase.ext.backfill;

/** Whether backfills run: the value of {@code liquibase.backfill.mode}. */
public enum Mode {
    /** A backfill runs where the parity guard of its changeset finds rows missing. */
    AUTO,
    /** No backfill runs, and none is recorded as done. */
    SKIP,
    /** Backfills run although their guard finds parity. */
    FORCE
}
