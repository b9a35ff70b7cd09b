package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
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

    /** What happens to a statement, commit or change of autocommit. */
    enum Fate {
        CUT("the connection breaks off before or after a statement or a commit, each of them once", "08006") {
            @Override
            void befall(Connection real) throws SQLException {
                real.close(); // what is open is rolled back
            }
        },
        /** The connection lives on, and what is open on it stays open. */
        FAILURE("a statement or a commit fails or seems to fail, each of them once", "58030") {
            @Override
            void befall(Connection real) {}
        };

        private final String fault;
        private final String state;

        Fate(String fault, String state) {
            this.fault = fault;
            this.state = state;
        }

        abstract void befall(Connection real) throws SQLException;
    }

    /** When it happens. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** Lets it happen to the n-th statement, commit or change of autocommit. */
    private record FateOf(Connection real, Fate fate, Moment moment, int n, AtomicInteger sent) implements Hooked.Hook {
        @Override
        public void before(String what) throws SQLException {
            if (sent.incrementAndGet() == n && moment == Moment.BEFORE) {
                happen();
            }
        }

        @Override
        public void after(String what) throws SQLException {
            if (sent.get() == n && moment == Moment.AFTER) {
                happen();
            }
        }

        private void happen() throws SQLException {
            fate.befall(real);
            throw new SQLException("%s at %d".formatted(fate, n), fate.state);
        }

        boolean happened() {
            return sent.get() >= n;
        }
    }

    @ParameterizedTest
    @CsvSource({"CUT, BEFORE, RANDOM", "CUT, AFTER, SEQUENTIAL", "FAILURE, BEFORE, SEQUENTIAL", "FAILURE, AFTER, RANDOM"
    })
    void whatever_a_run_sends_last_the_next_run_completes_the_table(Fate fate, Moment moment, KeyOrder order)
            throws SQLException {
        Runs runs = runs(order, RUNS);
        Balance balance = Balance.NONE;
        String message = "";
        int times = 0;
        boolean happened = true;
        try (Connection ofNextRuns = connect()) { // one for all: to open it costs more than most of what they do
            for (int n = 1; happened; n++) {
                runs.reset();
                try (Connection real = connect()) {
                    var fault = new FateOf(real, fate, moment, n, new AtomicInteger());
                    message = runWith(fault, message);
                    happened = fault.happened();
                }
                runs.letTheLeasesEnd();
                long before = runs.systemAnnotations();
                assertThat(runs.writtenByBackfills())
                        .as("what the checkpoints say after %s %d, and what is there", fate, n)
                        .isEqualTo(before);
                assertThat(written(nextRun(ofNextRuns)))
                        .as("what the next run had to write after %s %d", fate, n)
                        .isEqualTo(2L * RUNS - before);
                balance = balance.plus(runs.balance());
                times += happened ? 1 : 0;
            }
        }
        assertThat(times).as("statements that a run sends").isGreaterThan(80);
        enter(fate.fault, times, balance, message, Map.of());
    }

    private static List<BackfillResult> nextRun(Connection connection) throws SQLException {
        return backfill(connection, chunksOf(CHUNK).build(), BackfillListener.NONE, Time.system());
    }

    private String runWith(FateOf fault, String earlier) throws SQLException {
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
