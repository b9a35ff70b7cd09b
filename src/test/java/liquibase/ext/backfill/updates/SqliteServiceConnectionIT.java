package liquibase.ext.backfill.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.Parity;
import liquibase.ext.backfill.startup.BackfillReport;
import liquibase.ext.backfill.startup.BackfillReport.Outcome;
import liquibase.ext.backfill.startup.BackgroundBackfills;
import liquibase.ext.backfill.startup.StartupReport;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("sqlite")
class SqliteServiceConnectionIT extends ServiceConnectionContract {
    SqliteServiceConnectionIT() {
        super(TestDatabase.SQLITE);
    }

    @Test
    @Tag("slow")
    void work_that_costs_one_connection_after_the_other_and_gets_no_further_fails() throws Exception {
        oldRuns(1);
        var brittle = new BrittleDataSource(database);
        var listener = new BackfillListener() {
            @Override
            public void compared(String backfill, Parity parity) {
                if (backfill.equals(CREATOR)) {
                    brittle.loseLast();
                }
            }
        };

        StartupReport report;
        try (BackgroundBackfills background =
                start(() -> startup(brittle).listener(listener).runInBackground())) {
            report = background.report().get(1, TimeUnit.MINUTES);
        }

        assertThat(report.backfills())
                .extracting(BackfillReport::outcome)
                .containsExactly(Outcome.FAILED, Outcome.SUCCESS, Outcome.SUCCESS);
    }
}
