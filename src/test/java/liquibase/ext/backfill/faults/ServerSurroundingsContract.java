package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.MortalServer;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only servers have: users, operators, and a disk of their own. */
abstract class ServerSurroundingsContract extends SurroundingsContract {
    private static final List<String> TABLES =
            List.of("execution_node", "pipeline_run", "pipeline_run_annotation", "DATABASECHANGELOGBACKFILL");
    private static final int MANY = 6_000;
    /** What is left on the full disk, in megabytes. */
    private static final int ROOM = 4;

    private final String reader = "reader_" + ProcessHandle.current().pid();
    private Runs administration;

    ServerSurroundingsContract(TestDatabase product) {
        super(product);
    }

    @Override
    Connection readOnly() throws SQLException {
        administration = new Runs(database, KeyOrder.RANDOM, random);
        administration.execute(
                product == TestDatabase.POSTGRESQL
                        ? "DO 'BEGIN CREATE ROLE %s LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END'"
                                .formatted(reader)
                        : "CREATE USER IF NOT EXISTS '%s'@'%%'".formatted(reader));
        grant(TABLES.subList(0, 3));
        administration.close();
        return DriverManager.getConnection(database.url(), reader, "");
    }

    @Override
    void letReadCheckpoints() throws SQLException {
        grant(TABLES.subList(3, 4));
        administration.close();
    }

    private void grant(List<String> tables) throws SQLException {
        for (String table : tables) {
            administration.execute("GRANT SELECT ON %s TO %s"
                    .formatted(table, product == TestDatabase.POSTGRESQL ? reader : "'" + reader + "'@'%'"));
        }
    }

    @AfterEach
    void forget() throws Exception {
        if (administration != null) {
            administration.execute(
                    product == TestDatabase.POSTGRESQL
                            ? "DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(reader)
                            : "DROP USER '%s'@'%%'".formatted(reader));
            administration.close();
        }
    }

    /** An operator cancels whatever the backfill is at. */
    @Test
    void a_cancelled_statement_ends_the_run() throws Exception {
        Runs runs = runs(KeyOrder.RANDOM, MANY);
        String message = "";
        int times = Chance.times(3);
        for (int time = 0; time < times; time++) {
            var underWay = new CountDownLatch(1 + random.nextInt(100));
            var listener = new BackfillListener() {
                @Override
                public void advanced(Progress progress) {
                    underWay.countDown();
                }
            };
            try (Connection connection = connect()) {
                String cancel = ForeignSession.of(product, connection).cancelling();
                Future<Throwable> run = inBackground(() -> catchThrowable(
                        () -> backfill(connection, chunksOf(1).attempts(1000).build(), listener, Time.system())));
                underWay.await();
                while (!run.isDone()) {
                    runs.execute(cancel);
                }
                assertThat(await(run))
                        .isInstanceOf(BackfillException.class)
                        .hasMessageContaining(
                                product == TestDatabase.POSTGRESQL
                                        ? " met a statement that was cancelled"
                                        : "Query execution was interrupted")
                        .hasMessageContaining("Mend the cause and run the update again");
                message = await(run).getMessage();
            }
            runs.letTheLeasesEnd();
        }
        backfill(chunksOf(500).build());
        enter(
                "a DBA cancels the statement (`pg_cancel_backend`, `KILL QUERY`)",
                times,
                runs.balance(),
                message,
                Map.of());
    }

    /** In megabytes. */
    abstract int sizeOfAnnotations(Connection connection) throws SQLException;

    /** To a server that may not let a file grow, the disk is full; unlike a small disk this needs no privileges. */
    @Test
    void a_disk_that_is_full_ends_the_run_and_what_was_committed_is_kept() throws Exception {
        try (var server = MortalServer.start(product)) {
            FreshDatabase small = server.freshDatabase();
            Runs runs = new Runs(small, KeyOrder.RANDOM, random).createTables().with(MANY);
            fill(runs);
            int size;
            try (Connection connection = small.connect()) {
                size = sizeOfAnnotations(connection);
            }
            server.stopImmediately();
            server.restartWithFilesUpTo(size + ROOM);
            String message;
            long kept;
            try (Connection connection = small.connect()) {
                BackfillException failure = failure(connection, chunksOf(50).build());
                assertThat(failure).as("within %d MB", size + ROOM).isNotNull();
                message = failure.getMessage();
                assertThat(message)
                        .contains("backfill pipeline_run.created_by failed on ", "Kept: ")
                        .containsPattern(
                                product == TestDatabase.POSTGRESQL
                                        ? "could not (extend|write to) file"
                                        : "The table '\\w+' is full|File too large");
                kept = runs.systemAnnotations();
                assertThat(runs.writtenByBackfills()).isEqualTo(kept).isBetween(1L, (long) MANY);
            }
            server.stopImmediately();
            server.restart();
            runs.letTheLeasesEnd();
            try (Connection connection = small.connect()) {
                assertThat(written(backfill(connection, chunksOf(50).build(), BackfillListener.NONE, Time.system())))
                        .isEqualTo(2L * MANY - kept);
            }
            enter("the disk is full", 1, runs.balance(), message, Map.of("kept", kept, "of", (long) MANY));
        }
    }

    /** Long creators, and annotations of users that make the table some tens of megabytes large. */
    private void fill(Runs runs) throws SQLException {
        String key = product == TestDatabase.POSTGRESQL ? "\"key\"" : "`key`";
        String creator = "😀".repeat(255);
        runs.execute("UPDATE pipeline_run SET created_by = '%s'".formatted(creator));
        for (String id : runs.ids()) {
            runs.mayBe(id, SystemAnnotations.CREATED_BY, creator);
        }
        runs.execute("CREATE TABLE numbers (n INTEGER)");
        for (int n = 0; n < 10; n++) {
            runs.execute("INSERT INTO numbers VALUES (%d)".formatted(n));
        }
        runs.execute(("INSERT INTO pipeline_run_annotation (pipeline_run_id, %s, value) "
                        + "SELECT id, CONCAT('ballast/', n), REPEAT('b', 250) FROM pipeline_run CROSS JOIN numbers")
                .formatted(key));
    }
}
