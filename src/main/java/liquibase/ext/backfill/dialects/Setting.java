package liquibase.ext.backfill.dialects;

/**
 * A session-wide setting that is changed for a run and put back afterwards.
 *
 * @param read the query that answers its present value
 * @param write the statement that sets it, with {@code %s} for the value
 * @param value what a run wants it to be
 */
public record Setting(String read, String write, String value) {}
