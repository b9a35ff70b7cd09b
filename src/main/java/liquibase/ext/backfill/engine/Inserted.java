package liquibase.ext.backfill.engine;

/**
 * What the insert of a chunk did.
 *
 * @param rows how many rows it inserted
 * @param cut how many of them have a value that was cut, as far as that is known yet
 */
record Inserted(long rows, long cut) {
    static final Inserted NOTHING = new Inserted(0, 0);
}
