package liquibase.ext.backfill.engine;

/**
 * A source row whose value the database refused.
 *
 * @param key its key
 * @param reason the database's words
 */
public record RefusedRow(String key, String reason) {}
