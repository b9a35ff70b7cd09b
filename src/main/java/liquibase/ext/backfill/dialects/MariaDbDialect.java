package liquibase.ext.backfill.dialects;

import java.sql.SQLException;
import java.util.Locale;

/** MariaDB. */
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

    /** Malformed JSON, which a text column may hold, has numbers of its own here. */
    @Override
    public Failure classify(SQLException error) {
        return switch (error.getErrorCode()) {
            case 4035, 4036, 4037, 4038, 4039, 4040 -> Failure.DATA;
            default -> super.classify(error);
        };
    }

    @Override
    public String timed(String statement, Timeouts timeouts) {
        return String.format(
                Locale.ROOT,
                "SET STATEMENT max_statement_time = %d.%03d FOR %s",
                timeouts.statement().toSeconds(),
                timeouts.statement().toMillisPart(),
                statement);
    }
}
