package liquibase.ext.backfill;

import java.util.ArrayList;
import java.util.List;
import liquibase.configuration.AutoloadedConfigurations;
import liquibase.configuration.ConfigurationDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The settings {@code liquibase.backfill.*}, read by Liquibase's own mechanism: command line, environment, system
 * properties, properties file. They are texts here and get their meaning in {@link BackfillSettings}, so that a wrong
 * one is refused in words.
 */
public final class BackfillConfiguration implements AutoloadedConfigurations {
    static final String PREFIX = "liquibase.backfill";

    static final ConfigurationDefinition<String> MODE;
    static final ConfigurationDefinition<String> ON_FAILURE;
    static final ConfigurationDefinition<String> TIME_BOX;
    static final ConfigurationDefinition<String> ISOLATION;
    static final ConfigurationDefinition<String> CHUNK_SIZE;
    static final ConfigurationDefinition<String> TARGET_CHUNK_TIME;
    static final ConfigurationDefinition<String> PAUSE;
    static final ConfigurationDefinition<String> THROTTLE_QUERY;
    static final ConfigurationDefinition<String> LOCK_TIMEOUT;
    static final ConfigurationDefinition<String> STATEMENT_TIMEOUT;
    static final ConfigurationDefinition<String> ATTEMPTS;
    static final ConfigurationDefinition<String> LEASE;

    private static final List<String> KEYS = new ArrayList<>();

    static {
        var builder = new ConfigurationDefinition.Builder(PREFIX);
        MODE = define(
                builder,
                "mode",
                "auto",
                "Whether backfills run: auto (where rows are missing), skip (not at all, and none is recorded as done) "
                        + "or force (past the guard; the backfill compares for itself)");
        ON_FAILURE = define(
                builder,
                "onFailure",
                "fail",
                "What a failing backfill does: fail (the update fails) or report (it is logged as an error, the update "
                        + "goes on, and the next update repeats it)");
        TIME_BOX = define(
                builder,
                "timeBox",
                null,
                "How long after the changelog lock was granted backfills stop at a chunk's end, leaving the rest to the "
                        + "next update, such as 90s or 4m; without it they run to their end");
        ISOLATION =
                define(builder, "isolation", "serializable", "Isolation of a chunk: serializable or read-committed");
        CHUNK_SIZE = define(
                builder,
                "chunkSize",
                null,
                "Source rows that each chunk scans, 1 to 100000; without it the size follows targetChunkTime");
        TARGET_CHUNK_TIME =
                define(builder, "targetChunkTime", "200ms", "How long a chunk's transaction should take, 10ms to 10s");
        PAUSE = define(builder, "pause", "0ms", "How long to wait after each chunk, up to 10m");
        THROTTLE_QUERY = define(
                builder,
                "throttleQuery",
                null,
                "A query of one value: while it does not answer 0, no chunk starts (replication lag, load)");
        LOCK_TIMEOUT = define(
                builder,
                "lockTimeout",
                "5s",
                "How long a chunk waits for a lock before it is rolled back and repeated, 10ms to 5m; MySQL and MariaDB "
                        + "round up to seconds");
        STATEMENT_TIMEOUT = define(
                builder,
                "statementTimeout",
                "60s",
                "How long a chunk's statement may run before it is rolled back and repeated smaller, 1s to 1h; on "
                        + "PostgreSQL and MariaDB only");
        ATTEMPTS = define(
                builder, "attempts", "10", "How often a chunk that meets a transient failure is tried, 1 to 1000");
        LEASE = define(
                builder,
                "lease",
                "30s",
                "How long a runner that gives no sign of life keeps others away from its backfill, 1s to 1h");
    }

    private static ConfigurationDefinition<String> define(
            ConfigurationDefinition.Builder builder, String key, @Nullable String defaultValue, String description) {
        var definition = builder.define(key, String.class).setDescription(description);
        KEYS.add(PREFIX + "." + key);
        return (defaultValue == null ? definition : definition.setDefaultValue(defaultValue)).build();
    }

    /**
     * The key of a setting that is spelt like a Java name or with dashes, {@code liquibase.backfill.chunk-size}.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that there are
     */
    public static String key(String name) {
        String plain = name.replace("-", "");
        return KEYS.stream()
                .filter(key -> key.equalsIgnoreCase(plain))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is no setting: use one of %s".formatted(name, String.join(", ", KEYS))));
    }
}
