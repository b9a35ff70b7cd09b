package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Failure;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.engine.Hooked;
import liquibase.ext.backfill.engine.LockView;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client and a chunk, each of which has what the other waits for, every time: the client has written the annotations of the
 * last run, the chunk is seen to wait for them, and then the client writes those of the first run.
 */
abstract class DeadlockContract extends FaultContract {
    private static final int RUNS = 20;
    private static final int MANY = 300;

    DeadlockContract(TestDatabase product) {
        super(product);
    }

    /** Whom the database rolls back. */
    enum Victim {
        BACKFILL("chunk"),
        CLIENT("client");

        private final String words;

        Victim(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_deadlock_costs_its_victim_one_repetition(Victim victim) throws Exception {
        Runs runs = runs(KeyOrder.SEQUENTIAL, RUNS);
        List<String> ids = runs.ids();
        List<SQLException> refusals = Collections.synchronizedList(new ArrayList<>());
        List<SQLException> clients = new ArrayList<>();
        try (Connection client = connect();
                Connection connection = connect()) {
            choose(victim, client, connection);
            client.setAutoCommit(false);
            weigh(victim, runs, client, ids.get(RUNS - 1));
            runs.mirror(client, ids.get(RUNS - 1));
            Future<List<BackfillResult>> backfill = inBackground(() -> backfill(
                    recording(connection, refusals), chunksOf(RUNS).build(), BackfillListener.NONE, Time.system()));
            LockView.awaitWaitingSession(database, backfill);
            boolean written = attempt(() -> runs.mirror(client, ids.get(0)), client, clients);
            while (!written) { // the next backfill may be in its way as well
                written = attempt(
                        () -> {
                            runs.mirror(client, ids.get(RUNS - 1));
                            runs.mirror(client, ids.get(0));
                        },
                        client,
                        clients);
            }
            client.commit();

            assertThat(await(backfill))
                    .allSatisfy(result -> assertThat(result.outcome()).isNotIn(Outcome.STOPPED, Outcome.TAKEN_OVER));
            assertThat(victim == Victim.CLIENT ? clients : refusals)
                    .as("of the %s", victim)
                    .anySatisfy(e -> assertThat(isDeadlock(e)).as("%s", e).isTrue());
            assertThat(victim == Victim.CLIENT ? refusals : clients)
                    .as("of the other one")
                    .noneSatisfy(e -> assertThat(isDeadlock(e)).as("%s", e).isTrue());
        }
        enter(
                "a client and a chunk lock each other out, and the %s is the victim".formatted(victim.words()),
                1,
                runs.balance(),
                "",
                Map.of());
    }

    private interface Write {
        void done() throws SQLException;
    }

    /** @return whether it is written; if not, the client has rolled back */
    private static boolean attempt(Write write, Connection client, List<SQLException> refusals) throws SQLException {
        try {
            write.done();
            return true;
        } catch (SQLException e) {
            client.rollback();
            refusals.add(e);
            assertThat(Dialects.of(client).classify(e)).as("%s", e).isEqualTo(Failure.CONFLICT);
            return false;
        }
    }

    private boolean isDeadlock(SQLException e) {
        return product == TestDatabase.POSTGRESQL ? "40P01".equals(e.getSQLState()) : e.getErrorCode() == 1213;
    }

    private static Connection recording(Connection real, List<SQLException> refusals) {
        return Hooked.connection(real, new Hooked.Hook() {
            @Override
            public void refused(String sent, SQLException answer) {
                refusals.add(answer);
            }
        });
    }

    /** PostgreSQL rolls back who looks for a deadlock first. */
    private void choose(Victim victim, Connection client, Connection backfill) throws SQLException {
        if (product == TestDatabase.POSTGRESQL) {
            letLookAfter(victim == Victim.CLIENT ? "10ms" : "30s", client);
            letLookAfter(victim == Victim.BACKFILL ? "3s" : "30s", backfill);
        }
    }

    private static void letLookAfter(String time, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET deadlock_timeout = '%s'".formatted(time));
        }
    }

    /** InnoDB rolls back who has changed less. */
    private void weigh(Victim victim, Runs runs, Connection client, String run) throws SQLException {
        if (victim == Victim.BACKFILL && product != TestDatabase.POSTGRESQL) {
            for (int i = 0; i < MANY; i++) {
                runs.annotate(client, run, "team/" + i, "of a user");
            }
        }
    }
}
