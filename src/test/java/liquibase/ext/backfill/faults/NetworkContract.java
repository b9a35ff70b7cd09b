package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.Hooked;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.testing.TcpProxy;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** What can happen between a backfill and a server. */
abstract class NetworkContract extends FaultContract {
    private static final int RUNS = 200;
    private static final int CHUNK = 5;

    NetworkContract(TestDatabase product) {
        super(product);
    }

    /** What is done to a connection in the middle. */
    private interface Fault {
        void happens() throws Exception;
    }

    private Connection through(TcpProxy proxy, String options) throws SQLException {
        String url = proxy.through(database.url());
        return DriverManager.getConnection(
                options.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + options,
                database.user(),
                database.password());
    }

    /** Lets something happen before one of the statements and commits of a run. */
    private Connection faulty(Connection real, int at, Fault fault) {
        return Hooked.connection(real, new Hooked.Hook() {
            private int sent;

            @Override
            public void before(String what) {
                if (++sent == at) {
                    try {
                        fault.happens();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }
            }
        });
    }

    /** @return what the run ended with; null if it ended well */
    private BackfillException run(Connection connection, BackfillOptions options) {
        return catchThrowableOfType(
                BackfillException.class, () -> backfill(connection, options, BackfillListener.NONE, Time.system()));
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
            long begin = System.nanoTime();

            backfill(connection, chunksOf(RUNS / 5).build(), BackfillListener.NONE, Time.system());

            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            enter("network that holds back each packet for 2 ms", 1, runs.balance(), "", Map.of("longest (ms)", took));
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
                            faulty(real, anyStatement(), proxy::cut),
                            chunksOf(CHUNK).build());
                    assertThat(failure)
                            .hasMessageContaining("See to the connection")
                            .hasMessageNotContaining("..");
                    message = failure.getMessage();
                }
                runs.letTheLeasesEnd();
                balance = balance.plus(completed(runs));
            }
        }
        enter("network cut in the middle", cuts, balance, message, Map.of());
    }

    /** The driver has to be told how long to wait, or it waits for ever. */
    @Test
    void a_network_that_swallows_everything_is_noticed_by_the_socket_timeout() throws Exception {
        Runs runs = runs(KeyOrder.RANDOM, RUNS);
        String timeout = product == TestDatabase.POSTGRESQL ? "socketTimeout=1" : "socketTimeout=1000";
        String message;
        try (var proxy = TcpProxy.before(database.url())) {
            Connection real = through(proxy, timeout);
            BackfillException failure = run(
                    faulty(real, anyStatement(), proxy::swallow),
                    chunksOf(CHUNK).build());
            assertThat(failure).hasMessageContaining("See to the connection").hasMessageNotContaining("..");
            message = failure.getMessage();
            proxy.cut(); // as keepalive does in the end; until then the server holds the locks of the chunk
            real.abort(Runnable::run);
        }
        runs.letTheLeasesEnd();
        enter("network that swallows everything; `socketTimeout` in the url", 1, completed(runs), message, Map.of());
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
                long session = session(real);
                BackfillException failure = run(
                        faulty(real, anyStatement(), () -> runs.execute(ending().formatted(session))),
                        chunksOf(CHUNK).build());
                assertThat(failure)
                        .hasMessageContaining("See to the connection")
                        .hasMessageNotContaining("..");
                message = failure.getMessage();
            }
            runs.letTheLeasesEnd();
            balance = balance.plus(completed(runs));
        }
        enter("session ended by an operator (pg_terminate_backend, KILL)", kills, balance, message, Map.of());
    }

    private Balance completed(Runs runs) throws SQLException {
        backfill(chunksOf(CHUNK).build());
        assertThat(runs.systemAnnotations()).isEqualTo(2L * RUNS);
        return runs.balance();
    }

    private long session(Connection connection) throws SQLException {
        String query = product == TestDatabase.POSTGRESQL ? "SELECT pg_backend_pid()" : "SELECT CONNECTION_ID()";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private String ending() {
        return product == TestDatabase.POSTGRESQL ? "SELECT pg_terminate_backend(%d)" : "KILL %d";
    }
}
