package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;

/** What a database that can bound a statement's time has to do with one that takes too long. */
final class StatementTimeout {
    private StatementTimeout() {}

    /** Eight rows of 0.3 s each do not fit into the second that a statement has; two do. */
    static void halvesTheChunk(Things things, BackfillEngine engine) throws SQLException {
        BackfillResult result = engine.run(Things.TOTAL);

        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(things.tags()).hasSize(8);
        assertThat(result.counts().chunks()).isGreaterThan(2);
        assertThat(result.counts().retries()).isPositive();
    }

    static BackfillOptions options() {
        return BackfillOptions.builder()
                .chunkRows(8)
                .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1))
                .build();
    }
}
