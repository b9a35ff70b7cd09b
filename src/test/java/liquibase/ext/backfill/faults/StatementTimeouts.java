package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.Time;

/** Only PostgreSQL and MariaDB bound the time of a statement that writes. */
final class StatementTimeouts {
    private StatementTimeouts() {}

    /** Six rows of 0.3 s each do not fit into the second that a statement has; three do. */
    static void areHeeded(FaultContract test, String... trigger) throws SQLException {
        Runs runs = test.runs(KeyOrder.RANDOM, 6);
        for (String statement : trigger) {
            runs.execute(statement);
        }
        BackfillOptions options = BackfillOptions.builder()
                .chunkRows(6)
                .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1))
                .build();
        try (Connection connection = test.connect()) {
            List<BackfillResult> results =
                    FaultContract.backfill(connection, options, BackfillListener.NONE, Time.system());
            assertThat(results.get(0).counts().retries()).isPositive();
            assertThat(results.get(0).counts().chunks()).as("halves").isGreaterThanOrEqualTo(2);
            assertThat(FaultContract.written(results)).isEqualTo(12);
        }
        test.enter("a statement takes longer than `statementTimeout`", 1, runs.balance(), "", Map.of());
    }
}
