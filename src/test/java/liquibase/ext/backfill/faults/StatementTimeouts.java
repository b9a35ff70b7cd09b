package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.BackfillResult;

/** Only PostgreSQL and MariaDB bound the time of a statement that writes. */
final class StatementTimeouts {
    private StatementTimeouts() {}

    /** Six rows of 0.3 s each do not fit into the second that a statement has; three do. */
    static void areHeeded(FaultContract test, String... trigger) throws SQLException {
        Runs runs = test.runs(KeyOrder.RANDOM, 6);
        for (String statement : trigger) {
            runs.execute(statement);
        }
        List<BackfillResult> results = test.backfill(BackfillOptions.builder()
                .chunkRows(6)
                .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1))
                .build());
        long retries =
                results.stream().mapToLong(result -> result.counts().retries()).sum();
        assertThat(retries).isPositive();
        test.enter("statement that takes longer than the timeout", retries, runs.balance(), "", Map.of());
    }
}
