package liquibase.ext.backfill.engine;

/**
 * A range of keys that is written in one transaction.
 *
 * @param range the keys; its upper bound is the key of its last source row
 * @param rows how many source rows it held when it was cut
 */
record Chunk(KeyRange range, long rows) {}
