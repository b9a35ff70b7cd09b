package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.Hooked;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the shipped backfills send to the database may be the last thing they send. */
abstract class EveryStatementContract extends FaultContract {
    private static final int RUNS = 4;
    private static final int CHUNK = 3;

    EveryStatementContract(TestDatabase product) {
        super(product);
    }

    /** When the connection is cut. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** Cuts the connection at the n-th statement, commit or change of autocommit. */
    private record CutAt(Connection real, Moment moment, int n, AtomicInteger sent) implements Hooked.Hook {
        @Override
        public void before(String what) throws SQLException {
            if (sent.incrementAndGet() == n && moment == Moment.BEFORE) {
                cut();
            }
        }

        @Override
        public void after(String what) throws SQLException {
            if (sent.get() == n && moment == Moment.AFTER) {
                cut();
            }
        }

        private void cut() throws SQLException {
            real.close(); // what is open is rolled back
            throw new SQLException("cut at " + n, "08006");
        }

        boolean happened() {
            return sent.get() >= n;
        }
    }

    @ParameterizedTest
    @CsvSource({"BEFORE, RANDOM", "AFTER, SEQUENTIAL"})
    void wherever_the_connection_is_cut_the_next_run_completes_the_table(Moment moment, KeyOrder order)
            throws SQLException {
        Runs runs = runs(order, RUNS);
        Balance balance = Balance.NONE;
        String message = "";
        int cuts = 0;
        boolean cut = true;
        for (int n = 1; cut; n++) {
            runs.reset();
            try (Connection real = connect()) {
                var fault = new CutAt(real, moment, n, new AtomicInteger());
                message = runWith(fault, message);
                cut = fault.happened();
            }
            runs.letTheLeasesEnd();
            long before = runs.systemAnnotations();
            assertThat(runs.writtenByBackfills())
                    .as("what the checkpoints say after cut %d, and what is there", n)
                    .isEqualTo(before);
            assertThat(written(backfill(chunksOf(CHUNK).build())))
                    .as("what the next run had to write after cut %d", n)
                    .isEqualTo(2L * RUNS - before);
            balance = balance.plus(runs.balance());
            cuts += cut ? 1 : 0;
        }
        assertThat(cuts).as("there is something to cut").isGreaterThan(80);
        enter("connection cut before and after each statement and commit", cuts, balance, message, Map.of());
    }

    private String runWith(CutAt fault, String earlier) throws SQLException {
        try {
            backfill(
                    Hooked.connection(fault.real(), fault),
                    chunksOf(CHUNK).build(),
                    BackfillListener.NONE,
                    Time.system());
            return earlier;
        } catch (BackfillException e) {
            assertThat(e).hasMessageMatching("(?s)backfill pipeline_run\\.\\S+ (failed on|cannot run on) .*");
            return e.getMessage().contains("failed on") ? e.getMessage() : earlier;
        }
    }
}
