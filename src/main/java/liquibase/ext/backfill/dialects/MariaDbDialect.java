package liquibase.ext.backfill.dialects;

/** MariaDB 10.6 and later. */
final class MariaDbDialect extends MySqlDialect {
    @Override
    public String name() {
        return "MariaDB";
    }

    /** {@code JSON_UNQUOTE(JSON_EXTRACT())} answers {@code ?} for every character beyond the basic plane. */
    @Override
    String jsonText(String document, String path) {
        return "JSON_VALUE(%s, %s)".formatted(document, path);
    }

    @Override
    public String timed(String statement, Timeouts timeouts) {
        return "SET STATEMENT max_statement_time = %d.%03d FOR %s"
                .formatted(timeouts.statement().toSeconds(), timeouts.statement().toMillisPart(), statement);
    }
}
