package liquibase.ext.backfill.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Failure;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.pipelineruns.NewRun;
import liquibase.ext.backfill.pipelineruns.SystemAnnotationMirror;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;

/**
 * A client of the service, with runs that no other client touches: what goes wrong for it is the doing of a backfill, or of a
 * lock that covers more than it should. It repeats what its database says may be repeated.
 */
final class Client {
    private static final int MYSQL_PARENT_HAS_ROWS = 1451;
    private static final int MANY = 20;
    private static final SystemAnnotationMirror MIRROR = new SystemAnnotationMirror(Schema.DEFAULT, warning -> {});

    private final Kind kind;
    private final Runs runs;
    private final Deque<String> own;
    private final Random random;
    private final int thinkMillis;
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private final Counts counts = new Counts();
    /** What the transaction under way has done, for when it is committed. */
    private final List<Consumer<Ledger>> undecided = new ArrayList<>();

    Client(Kind kind, Runs runs, List<String> own, Random random, int thinkMillis) {
        this.kind = kind;
        this.runs = runs;
        this.own = new ArrayDeque<>(own);
        this.random = random;
        this.thinkMillis = thinkMillis;
    }

    /** What a client does, each time in one transaction. */
    enum Kind {
        /** As a service that calls the mirror for its new runs. */
        CREATES_WITH_MIRROR {
            @Override
            void work(Client client, Connection on) throws SQLException {
                client.createWithMirror(on);
            }
        },
        /** As a version of the service that does not know of the system annotations yet. */
        CREATES_WITHOUT {
            @Override
            void work(Client client, Connection on) throws SQLException {
                client.made.add(client.create(on).id());
            }
        },
        UPDATES {
            @Override
            void work(Client client, Connection on) throws SQLException {
                client.update(on, client.one());
            }
        },
        ANNOTATES {
            @Override
            void work(Client client, Connection on) throws SQLException {
                client.annotate(on, client.one());
            }
        },
        /** Locks the run first, so that nothing can be added to it in between. */
        DELETES {
            @Override
            void work(Client client, Connection on) throws SQLException {
                client.deleteOrCreate(on, true);
            }
        },
        /** The annotations first and then the run, without a lock on it: what is annotated in between is in the way. */
        DELETES_WITHOUT_LOCK {
            @Override
            void work(Client client, Connection on) throws SQLException {
                client.deleteOrCreate(on, false);
            }
        },
        /** From high keys to low, against the backfill's order, so that they lock each other out. */
        UPDATES_MANY {
            @Override
            void work(Client client, Connection on) throws SQLException {
                for (String run : client.many()) {
                    client.update(on, run);
                    client.annotate(on, run);
                }
            }
        };

        abstract void work(Client client, Connection on) throws SQLException;

        boolean touchesOneRun() {
            return this != UPDATES_MANY;
        }
    }

    /** What a client met. */
    static final class Counts {
        long transactions;
        long repeated;
        long foreignKeys;
        long longestMillis;
        final List<String> others = new ArrayList<>();

        Counts plus(Counts more) {
            transactions += more.transactions;
            repeated += more.repeated;
            foreignKeys += more.foreignKeys;
            longestMillis = Math.max(longestMillis, more.longestMillis);
            others.addAll(more.others);
            return this;
        }
    }

    /** The runs that it made without annotations, or tried to. */
    Set<String> made() {
        return made;
    }

    Kind kind() {
        return kind;
    }

    /**
     * Works until it is told to stop.
     *
     * @param ledger where it enters what it has committed
     * @param atWork is counted down when its first transaction is over
     */
    Counts work(Connection connection, Ledger ledger, CountDownLatch atWork, BooleanSupplier stop) throws Exception {
        Dialect dialect = Dialects.of(connection);
        connection.setAutoCommit(false);
        while (!stop.getAsBoolean()) {
            Thread.sleep(thinkMillis); // a service has something else to do as well
            long begin = System.nanoTime();
            boolean done = false;
            while (!done) {
                done = transaction(connection, dialect, ledger);
            }
            counts.transactions++;
            if (counts.transactions == 1) {
                atWork.countDown();
            }
            counts.longestMillis = Math.max(counts.longestMillis, (System.nanoTime() - begin) / 1_000_000);
        }
        return counts;
    }

    /** @return whether it is over, well or not */
    private boolean transaction(Connection connection, Dialect dialect, Ledger ledger) throws SQLException {
        undecided.clear();
        try {
            kind.work(this, connection);
            connection.commit();
            undecided.forEach(entry -> entry.accept(ledger));
            return true;
        } catch (SQLException e) {
            connection.rollback();
            Failure failure = dialect.classify(e);
            if (failure == Failure.CONFLICT || failure == Failure.LOCK_TIMEOUT) {
                counts.repeated++;
                return false;
            }
            boolean parentHasRows = failure == Failure.FOREIGN_KEY || e.getErrorCode() == MYSQL_PARENT_HAS_ROWS;
            if (parentHasRows && kind == Kind.DELETES_WITHOUT_LOCK) {
                counts.foreignKeys++;
                return false;
            }
            counts.others.add(kind + ": " + e.getErrorCode() + " " + e.getSQLState() + " " + e.getMessage());
            return true;
        }
    }

    private Runs.OneRun create(Connection on) throws SQLException {
        Runs.OneRun run = runs.next();
        runs.insert(on, run);
        undecided.add(ledger -> ledger.created(run));
        return run;
    }

    private String createWithMirror(Connection on) throws SQLException {
        Runs.OneRun run = create(on);
        String name = run.owedName().isEmpty() ? null : run.owedName();
        MIRROR.write(on, new NewRun(run.id(), run.creator(), name, Map.of("team", "of a user")));
        undecided.add(ledger -> ledger.annotated(run.id(), "team", "of a user"));
        return run.id();
    }

    /** When it has deleted all its runs, it makes one more. */
    private void deleteOrCreate(Connection on, boolean locked) throws SQLException {
        if (own.isEmpty()) {
            String run = createWithMirror(on);
            undecided.add(ledger -> own.add(run));
            return;
        }
        if (locked) {
            runs.lock(on, own.peek());
        }
        delete(on, own.peek());
        undecided.add(ledger -> own.poll());
    }

    private List<String> many() {
        List<String> all = new ArrayList<>(own);
        int end = MANY + random.nextInt(all.size() - MANY);
        List<String> some = all.subList(end - MANY, end);
        Collections.reverse(some);
        return some;
    }

    private String one() {
        String run = own.poll();
        own.add(run);
        return run;
    }

    private void update(Connection on, String run) throws SQLException {
        String creator = "user " + random.nextInt(1_000_000);
        runs.mayBe(run, SystemAnnotations.CREATED_BY, creator);
        Runs.update(on, "UPDATE pipeline_run SET created_by = ? WHERE id = ?", creator, run);
        undecided.add(ledger -> ledger.updated(run, creator));
    }

    private void annotate(Connection on, String run) throws SQLException {
        String key = "team/" + random.nextLong();
        String value = "of user " + random.nextInt(1_000_000);
        runs.annotate(on, run, key, value);
        undecided.add(ledger -> ledger.annotated(run, key, value));
    }

    private void delete(Connection on, String run) throws SQLException {
        Runs.update(on, "DELETE FROM pipeline_run_annotation WHERE pipeline_run_id = ?", run);
        Runs.update(on, "DELETE FROM pipeline_run WHERE id = ?", run);
        undecided.add(ledger -> ledger.deleted(run));
    }
}
