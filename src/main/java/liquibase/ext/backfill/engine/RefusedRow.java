package liquibase.ext.backfill.engine;

/**
 * A source row whose value the database refused.
 *
 * @param key its key
 * @param reason the database's words
 */
public record RefusedRow(String key, String reason) {
    /** In one line: databases put details into further ones. */
    @Override
    public String toString() {
        return "key %s (%s)".formatted(key, reason.strip().replaceAll("\\s+", " "));
    }
}
