package liquibase.ext.backfill;

/** What a failing backfill does to the update: the value of {@code liquibase.backfill.onFailure}. */
enum OnFailure {
    /** The update fails. */
    FAIL,
    /** The failure is logged as an error and the update goes on; the next update repeats the backfill. */
    REPORT
}
