package liquibase.ext.backfill;

/** Whether backfills run: the value of {@code liquibase.backfill.mode}. */
enum Mode {
    /** A backfill runs where the parity guard of its changeset finds rows missing. */
    AUTO,
    /** No backfill runs, and none is recorded as done. */
    SKIP,
    /** A backfill runs whatever its guard says; it compares for itself and inserts what is missing. */
    FORCE
}
