package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.Hooked;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.testing.TcpProxy;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** What can happen between a backfill and a server. */
abstract class NetworkContract extends ConnectionContract {
    NetworkContract(TestDatabase product) {
        super(product);
    }

    private int anyStatement() {
        return 20 + random.nextInt(300);
    }

    @Test
    void a_network_that_is_slow_makes_a_backfill_slow_and_nothing_else() throws Exception {
        Runs runs = runs(KeyOrder.RANDOM, RUNS);
        try (var proxy = TcpProxy.before(database.url());
                Connection connection = through(proxy, "")) {
            proxy.delay(Duration.ofMillis(2));
            var roundTrips = new AtomicInteger();
            Connection counted = Hooked.connection(connection, new Hooked.Hook() {
                @Override
                public void before(String sent) {
                    if (!sent.equals("setAutoCommit")) { // which PostgreSQL's driver keeps to itself
                        roundTrips.incrementAndGet();
                    }
                }
            });
            long begin = System.nanoTime();

            backfill(counted, chunksOf(RUNS / 5).build(), BackfillListener.NONE, Time.system());

            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertThat(took)
                    .as("%s statements and commits, 2 ms there and back", roundTrips)
                    .isGreaterThanOrEqualTo(4L * roundTrips.get());
            assertThat(roundTrips).hasValueGreaterThan(100);
            enter("the network holds back each packet for 2 ms", 1, runs.balance(), "", Map.of("longest, ms", took));
        }
    }

    @Test
    void a_network_that_is_cut_costs_a_chunk() throws Exception {
        Runs runs = runs(KeyOrder.SEQUENTIAL, RUNS);
        Balance balance = Balance.NONE;
        int cuts = Chance.times(8);
        String message = "";
        try (var proxy = TcpProxy.before(database.url())) {
            for (int cut = 0; cut < cuts; cut++) {
                runs.reset();
                try (Connection real = through(proxy, "")) {
                    BackfillException failure = run(
                            faulty(real, sent -> true, anyStatement(), proxy::cut),
                            chunksOf(CHUNK).build());
                    assertThat(failure)
                            .hasMessageContaining(" met a lost connection at attempt 1: ")
                            .hasMessageContaining("See to the connection")
                            .hasMessageNotContaining("..");
                    message = failure.getMessage();
                }
                runs.letTheLeasesEnd();
                balance = balance.plus(completed(runs));
            }
        }
        enter("the network is cut", cuts, balance, message, Map.of());
    }

    @Test
    void a_session_that_is_ended_costs_a_chunk() throws Exception {
        Runs runs = runs(KeyOrder.RANDOM, RUNS);
        Balance balance = Balance.NONE;
        int kills = Chance.times(4);
        String message = "";
        for (int kill = 0; kill < kills; kill++) {
            runs.reset();
            try (Connection real = connect()) {
                ForeignSession session = ForeignSession.of(product, real);
                BackfillException failure = run(
                        faulty(real, sent -> true, anyStatement(), () -> runs.execute(session.ending())),
                        chunksOf(CHUNK).build());
                assertThat(failure)
                        .hasMessageContaining("See to the connection")
                        .hasMessageNotContaining("..");
                message = failure.getMessage();
            }
            runs.letTheLeasesEnd();
            balance = balance.plus(completed(runs));
        }
        enter("a DBA ends the session (`pg_terminate_backend`, `KILL`)", kills, balance, message, Map.of());
    }
}
