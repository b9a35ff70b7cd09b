package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.MortalServer;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database server dies in the middle of a backfill and is started again. */
abstract class ServerDeathContract extends FaultContract {
    private static final int RUNS = 300;
    private static final int CHUNK = 5;

    MortalServer server;

    ServerDeathContract(TestDatabase product) {
        super(product);
    }

    @Override
    FreshDatabase fresh() throws Exception {
        server = MortalServer.start(product);
        return server.freshDatabase();
    }

    /** Its databases end with it. */
    @AfterEach
    @Override
    void drop() {
        if (server != null) {
            server.close();
        }
    }

    /** Ends the server. */
    interface Death {
        void happens() throws Exception;
    }

    @Test
    void a_server_that_is_killed_loses_nothing_that_a_chunk_has_committed() throws Exception {
        die("the database server is killed (`kill -9`) and started again", 4, server::kill);
    }

    void die(String fault, int usualTimes, Death death) throws Exception {
        Map<KeyOrder, Runs> kinds = new EnumMap<>(KeyOrder.class);
        Balance balance = Balance.NONE;
        String message = "";
        long resumed = 0;
        int times = Chance.times(usualTimes);
        for (int time = 0; time < times; time++) {
            KeyOrder order = KeyOrder.of(time);
            Runs known = kinds.get(order);
            if (known == null) {
                database = server.freshDatabase();
                known = runs(order, RUNS);
                kinds.put(order, known);
            } else {
                known.reset();
            }
            Runs runs = known;
            database = runs.database();
            var acknowledged = new AtomicLong();
            message = dieAtWork(death, acknowledged);
            server.restart();

            long kept = runs.systemAnnotations();
            assertThat(kept).as("what was committed before the server died").isGreaterThanOrEqualTo(acknowledged.get());
            assertThat(runs.writtenByBackfills())
                    .as("what the checkpoints say, and what is there")
                    .isEqualTo(kept);
            runs.letTheLeasesEnd();
            resumed = Math.max(resumed, resume(2L * RUNS - kept));
            balance = balance.plus(runs.balance());
        }
        enter(fault, times, balance, message, Map.of("longest until the first chunk after the restart, ms", resumed));
    }

    /** @return the backfill's message */
    private String dieAtWork(Death death, AtomicLong acknowledged) throws Exception {
        int chunks = 1 + random.nextInt(2 * RUNS / CHUNK - 20);
        var reached = new CountDownLatch(chunks);
        var listener = new BackfillListener() {
            private String backfill = "";
            private long before;
            private long now;

            @Override
            public void advanced(Progress progress) {
                if (!progress.backfill().equals(backfill)) {
                    before += now;
                    backfill = progress.backfill();
                }
                now = progress.inserted();
                acknowledged.set(before + now);
                reached.countDown();
            }
        };
        Future<List<BackfillResult>> run = inBackground(() -> {
            try (Connection connection = connect()) {
                return backfill(connection, chunksOf(CHUNK).build(), listener, Time.system());
            }
        });
        assertThat(reached.await(1, TimeUnit.MINUTES)).as("%d chunks", chunks).isTrue();
        death.happens();
        try {
            await(run);
            throw new AssertionError("the backfill was done before the server died");
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOf(BackfillException.class)
                    .hasMessageContaining("failed on ")
                    .hasMessageContaining("See to the connection and run the update again: it goes on from there.");
            return e.getCause().getMessage();
        }
    }

    /** @return the milliseconds until the first chunk was committed */
    private long resume(long missing) throws Exception {
        long begin = System.nanoTime();
        var first = new AtomicLong();
        try (Connection connection = connect()) {
            var listener = new BackfillListener() {
                @Override
                public void advanced(Progress progress) {
                    first.compareAndSet(0, System.nanoTime());
                }
            };
            assertThat(written(backfill(connection, chunksOf(CHUNK).build(), listener, Time.system())))
                    .as("what was missing after the death")
                    .isEqualTo(missing);
        }
        return TimeUnit.NANOSECONDS.toMillis(first.get() - begin);
    }
}
