package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Predicate;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.Hooked;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.testing.TcpProxy;
import liquibase.ext.backfill.testing.TestDatabase;

/** A backfill in many small chunks, and something that happens to its connection at one of its statements. */
abstract class ConnectionContract extends FaultContract {
    static final int RUNS = 200;
    static final int CHUNK = 5;

    ConnectionContract(TestDatabase product) {
        super(product);
    }

    /** What is done to a connection in the middle. */
    interface Fault {
        void happens() throws Exception;
    }

    Connection through(TcpProxy proxy, String options) throws SQLException {
        String url = proxy.through(database.url());
        return DriverManager.getConnection(
                options.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + options,
                database.user(),
                database.password());
    }

    /** Lets something happen before the n-th of certain statements and commits of a run. */
    Connection faulty(Connection real, Predicate<String> which, int n, Fault fault) {
        return Hooked.connection(real, new Hooked.Hook() {
            private int sent;

            @Override
            public void before(String what) {
                if (which.test(what) && ++sent == n) {
                    try {
                        fault.happens();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }
            }
        });
    }

    /** What a run ended with; null if it ended well. */
    BackfillException run(Connection connection, BackfillOptions options) {
        return catchThrowableOfType(
                BackfillException.class, () -> backfill(connection, options, BackfillListener.NONE, Time.system()));
    }

    Balance completed(Runs runs) throws SQLException {
        backfill(chunksOf(CHUNK).build());
        assertThat(runs.systemAnnotations()).isEqualTo(2L * RUNS);
        return runs.balance();
    }
}
