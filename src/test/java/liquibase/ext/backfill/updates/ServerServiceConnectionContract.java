package liquibase.ext.backfill.updates;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import liquibase.ext.backfill.startup.BackfillReport;
import liquibase.ext.backfill.startup.BackfillReport.Outcome;
import liquibase.ext.backfill.startup.StartupReport;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** Where a pool notices that a connection is lost: a file has no sessions that anybody could end. */
abstract class ServerServiceConnectionContract extends ServiceConnectionContract {
    ServerServiceConnectionContract(TestDatabase product) {
        super(product);
    }

    @Test
    void a_pool_of_one_whose_connection_is_lost_has_another_one_for_the_next_backfill() throws Exception {
        oldRuns(RUNS);
        try (HikariDataSource pool = poolOfOne()) {
            var brittle = new BrittleDataSource(database, pool);

            StartupReport report =
                    start(() -> startup(brittle).listener(losing(brittle)).run());

            assertThat(report.backfills())
                    .extracting(BackfillReport::outcome)
                    .containsExactly(Outcome.FAILED, Outcome.SUCCESS, Outcome.SUCCESS);
            assertThat(state(pool)).isNotEmpty();
        }
    }
}
