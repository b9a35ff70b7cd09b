package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.Isolation;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service at work while its runs are backfilled. */
abstract class ClientsContract extends FaultContract {
    private static final int RUNS = 3_000;
    private static final int RUNS_BESIDE_PROCESSES = 1_000;
    private static final int OF_EACH_KIND = 2;
    /** How long the clients are alone, to compare with. */
    private static final Duration BEFORE = Duration.ofSeconds(1);

    ClientsContract(TestDatabase product) {
        super(product);
    }

    /** The isolation that SQLite has, and that others can be asked for. */
    @Test
    void clients_at_serializable_get_no_error_that_they_would_not_get_without_the_backfill() throws Exception {
        beside(Backfills.ONE, Isolation.SERIALIZABLE, Level.SERIALIZABLE, KeyOrder.RANDOM);
    }

    @ParameterizedTest
    @EnumSource(names = {"TWO_PROCESSES", "FOUR_PROCESSES"})
    void nor_do_they_beside_several_processes_that_backfill_at_once(Backfills backfills) throws Exception {
        beside(backfills, Isolation.SERIALIZABLE, Level.SERIALIZABLE, KeyOrder.SEQUENTIAL);
    }

    /** How many backfills there are at once; several are in processes of their own. */
    enum Backfills {
        ONE(1),
        TWO_PROCESSES(2),
        FOUR_PROCESSES(4);

        private final int count;

        Backfills(int count) {
            this.count = count;
        }

        /** @return how many chunks had to be repeated */
        private long run(ClientsContract clients, RunnerProcesses processes, Isolation isolation) throws Exception {
            if (this == ONE) {
                return clients.backfill(clients.options(isolation)).stream()
                        .mapToLong(result -> result.counts().retries())
                        .sum();
            }
            processes.begin(count);
            long repeated = 0;
            for (RunnerProcess process : processes.begun()) {
                assertThat(process.awaitEnd()).contains("pipeline_run.name/component_spec ");
                assertThat(process.exitCode()).as(process.said()).isZero();
                repeated += process.repeated();
            }
            return repeated;
        }

        private String at(Isolation isolation) {
            return "%s at %s".formatted(words(name()), words(isolation.name()));
        }
    }

    private BackfillOptions options(Isolation isolation) {
        return chunksOf(chunk()).isolation(isolation).attempts(100).build();
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    Map<Client.Kind, Client.Counts> beside(Backfills backfills, Isolation ours, Level theirs, KeyOrder order)
            throws Exception {
        Runs runs = runs(order, Chance.times(backfills == Backfills.ONE ? RUNS : RUNS_BESIDE_PROCESSES));
        Ledger ledger = ledger();
        long end = System.nanoTime() + BEFORE.toNanos();
        Map<Client.Kind, Client.Counts> alone =
                let(clients(runs, backfills), ledger, theirs, new CountDownLatch(0), () -> System.nanoTime() >= end);
        List<Client> others = clients(runs, backfills);
        var atWork = new CountDownLatch(others.size());
        var done = new AtomicBoolean();

        var work = RunnerProcess.Work.awake(chunk(), 0, ours);
        Future<Map<Client.Kind, Client.Counts>> working;
        long repeated;
        try (var processes = new RunnerProcesses(database, backfills == Backfills.ONE ? 0 : backfills.count, work)) {
            working = inBackground(() -> let(others, ledger, theirs, atWork, done::get));
            if (atWork.await(1, TimeUnit.MINUTES)) {
                repeated = backfills.run(this, processes, ours);
            } else {
                done.set(true);
                throw new AssertionError("not every client got to work: " + await(working));
            }
        } finally {
            done.set(true);
        }
        Map<Client.Kind, Client.Counts> beside = await(working);
        Set<String> left = runs.lacking();
        assertThat(left)
                .as("runs that the backfill left, although their service knew of the annotations")
                .isSubsetOf(others.stream()
                        .flatMap(client -> client.made().stream())
                        .toList());
        backfill(options(ours)); // for what the old version made last

        enter(
                "clients at %s beside %s".formatted(words(theirs.name()), backfills.at(ours)),
                1,
                runs.balance(),
                "",
                numbers(alone, beside, repeated, left.size(), ledger.entries()));
        assertThat(differences(ledger)).as("what clients committed").isEmpty();
        assertThat(beside.values())
                .allSatisfy(counts -> assertThat(counts.others).isEmpty());
        assertThat(alone.values())
                .allSatisfy(counts -> assertThat(counts.others).isEmpty());
        return beside;
    }

    private Ledger ledger() throws SQLException {
        try (Connection connection = connect()) {
            return Ledger.of(connection);
        }
    }

    private List<String> differences(Ledger ledger) throws SQLException {
        try (Connection connection = connect()) {
            return ledger.differences(connection);
        }
    }

    /** How many transactions had to be repeated, of the clients that touch one run in each. */
    static long repeated(Map<Client.Kind, Client.Counts> clients) {
        return clients.entrySet().stream()
                .filter(client -> client.getKey().touchesOneRun())
                .mapToLong(client -> client.getValue().repeated)
                .sum();
    }

    /** How a client's transactions are isolated. */
    enum Level {
        READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED),
        REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ),
        SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE);

        private final int level;

        Level(int level) {
            this.level = level;
        }
    }

    /** Several of each kind. They share the runs that are there, so that no two of them have one in common. */
    private List<Client> clients(Runs runs, Backfills backfills) throws SQLException {
        List<String> ids = runs.ids();
        List<Client.Kind> kinds = List.of(Client.Kind.values());
        int all = OF_EACH_KIND * kinds.size();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            List<String> own = new ArrayList<>();
            for (int id = i; id < ids.size(); id += all) {
                own.add(ids.get(id));
            }
            Client.Kind kind = kinds.get(i % kinds.size());
            clients.add(new Client(kind, runs, own, new Random(random.nextLong()), thinkMillis(kind, backfills)));
        }
        return clients;
    }

    /** Small ones on SQLite, where a chunk keeps everybody out, so that clients get their turn. */
    private int chunk() {
        return product == TestDatabase.SQLITE ? 10 : 200;
    }

    /**
     * SQLite lets in one at a time, and the others by chance: clients without a break keep each other out for seconds. On two
     * cores they leave no time to processes either.
     */
    private int thinkMillis(Client.Kind kind, Backfills backfills) {
        boolean hasEnough = kind == Client.Kind.CREATES_WITHOUT
                || kind == Client.Kind.DELETES
                || kind == Client.Kind.DELETES_WITHOUT_LOCK;
        return hasEnough ? 20 : product == TestDatabase.SQLITE || backfills != Backfills.ONE ? 10 : 0;
    }

    private Map<Client.Kind, Client.Counts> let(
            List<Client> clients, Ledger ledger, Level level, CountDownLatch atWork, BooleanSupplier stop)
            throws Exception {
        List<Future<Client.Counts>> working = new ArrayList<>();
        for (Client client : clients) {
            working.add(inBackground(() -> {
                try (Connection connection = connection(level)) {
                    return client.work(connection, ledger, atWork, stop);
                }
            }));
        }
        Map<Client.Kind, Client.Counts> counts = new EnumMap<>(Client.Kind.class);
        for (int i = 0; i < clients.size(); i++) {
            counts.merge(clients.get(i).kind(), await(working.get(i)), Client.Counts::plus);
        }
        return counts;
    }

    private Connection connection(Level level) throws SQLException {
        Connection connection = connect();
        connection.setTransactionIsolation(level.level);
        if (product == TestDatabase.SQLITE) { // or else everybody who meets anybody fails
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 30000");
            }
        }
        return connection;
    }

    interface Figure {
        long of(Client.Counts counts);
    }

    static long sum(Map<Client.Kind, Client.Counts> counts, Figure figure) {
        return counts.values().stream().mapToLong(figure::of).sum();
    }

    /** By the names that the columns of the page have, and more. */
    private static Map<String, Long> numbers(
            Map<Client.Kind, Client.Counts> alone,
            Map<Client.Kind, Client.Counts> beside,
            long chunksRepeated,
            long left,
            long entries) {
        Map<String, Long> numbers = new TreeMap<>();
        numbers.put("transactions", sum(beside, counts -> counts.transactions));
        numbers.put("repeated, one run", repeated(beside));
        numbers.put("repeated, many", sum(beside, counts -> counts.repeated) - repeated(beside));
        numbers.put("chunks repeated", chunksRepeated);
        numbers.put("foreign key", sum(beside, counts -> counts.foreignKeys));
        numbers.put("longest, ms", longest(beside));
        numbers.put("longest alone, ms", longest(alone));
        numbers.put("transactions alone", sum(alone, counts -> counts.transactions));
        numbers.put("repeated alone", sum(alone, counts -> counts.repeated));
        beside.forEach((kind, counts) -> numbers.put("repeated by " + kind, counts.repeated));
        numbers.put("runs left to a last backfill", left);
        numbers.put("writes that clients committed, all found as they left them", entries);
        return numbers;
    }

    private static long longest(Map<Client.Kind, Client.Counts> counts) {
        return counts.values().stream()
                .mapToLong(one -> one.longestMillis)
                .max()
                .orElse(0);
    }
}
