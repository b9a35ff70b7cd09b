package liquibase.ext.backfill.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several replicas of a service, each a process, that start at once on one database with old runs while clients call it. */
abstract class ReplicasContract {
    private static final String CHANGELOG = "liquibase-backfill/db.changelog-master.yaml";
    private static final String CREATOR = "pipeline_run.created_by";
    private static final int REPLICAS = 3;
    private static final int ROWS_PER_INSERT = 1_000;
    /** While it is shut, the replica that came first writes nothing, and gives a sign of life every 3 s. */
    private static final List<String> WITH_GATE =
            List.of("-Dliquibase.backfill.throttleQuery=SELECT shut FROM gate", "-Dliquibase.backfill.lease=9s");

    private final TestDatabase product;
    private FreshDatabase database;
    private Connection connection;

    ReplicasContract(TestDatabase product) {
        this.product = product;
    }

    @BeforeEach
    void open() throws Exception {
        database = product.freshDatabase();
        connection = database.connect();
    }

    @AfterEach
    void drop() throws SQLException {
        if (connection != null) {
            connection.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    void one_works_the_others_leave_it_all_serve_and_no_call_of_a_client_fails() throws Exception {
        replicasStartBesideAClient(2_100, "-Dliquibase.backfill.chunkSize=300");
    }

    @Test
    @Tag("slow")
    void one_works_the_others_leave_it_all_serve_and_no_call_of_a_client_fails_over_200_000_old_runs()
            throws Exception {
        replicasStartBesideAClient(200_000);
    }

    private void replicasStartBesideAClient(int oldRuns, String... options) throws Exception {
        addOldRuns(oldRuns);
        execute("CREATE TABLE gate (shut INT)");
        execute("INSERT INTO gate VALUES (1)");
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(WITH_GATE);

        List<ReplicaProcess.Ended> replicas = beside(
                () -> start(database.user(), database.password(), () -> execute("UPDATE gate SET shut = 0"), all));

        assertThat(replicas)
                .allSatisfy(replica ->
                        assertThat(replica.serves()).as(replica.output()).isTrue());
        assertParity();
        List<Map<String, Object>> first =
                replicas.stream().map(replica -> replica.of(CREATOR)).toList();
        assertThat(first)
                .as("the old runs were annotated by one of the replicas")
                .filteredOn(report -> report.get("outcome").equals("SUCCESS"))
                .singleElement()
                .satisfies(report -> assertThat(report.get("inserted")).isEqualTo(oldRuns));
        assertThat(replicas)
                .filteredOn(replica -> replica.of(CREATOR).get("outcome").equals("SKIPPED"))
                .hasSize(REPLICAS - 1)
                .allSatisfy(replica -> {
                    assertThat(String.valueOf(replica.of(CREATOR).get("reason")))
                            .startsWith("left to another runner: ");
                    assertThat(replica.output())
                            .contains(
                                    "\"withoutTurn\":[\"pipeline_run.name/extra_data\",\"pipeline_run.name/component_spec\"]");
                });
    }

    @Test
    void all_serve_that_start_at_once_on_an_empty_database() throws Exception {
        List<ReplicaProcess.Ended> replicas =
                start(database.user(), database.password(), ReplicaProcess.Gate.NONE, List.of());

        assertThat(replicas).allSatisfy(replica -> {
            assertThat(replica.serves()).as(replica.output()).isTrue();
            assertThat(replica.output()).contains("\"failed\":false");
        });
        assertThat(count("SELECT COUNT(*) FROM pipeline_run_annotation")).isZero();
    }

    @Test
    void all_serve_and_so_do_their_clients_where_the_database_refuses_the_backfill_and_the_reports_say_why()
            throws Exception {
        addOldRuns(10);
        String user = limitedUser();

        List<ReplicaProcess.Ended> replicas = beside(() -> start(user, "secret", ReplicaProcess.Gate.NONE, List.of()));

        assertThat(replicas).allSatisfy(replica -> {
            assertThat(replica.serves()).as(replica.output()).isTrue();
            assertThat(replica.of(CREATOR).get("outcome"))
                    .as("refused, or left to a replica that is about to be refused")
                    .isIn("FAILED", "SKIPPED");
        });
        assertThat(replicas)
                .filteredOn(replica -> replica.of(CREATOR).get("outcome").equals("FAILED"))
                .isNotEmpty()
                .allSatisfy(replica -> assertThat(replica.output())
                        .contains("\"failed\":true")
                        .contains("backfill pipeline_run.created_by failed on")
                        .containsPattern(
                                "permission denied for table pipeline_run_annotation|INSERT command denied to user"));
        assertThat(count("SELECT COUNT(*) FROM pipeline_run_annotation a JOIN pipeline_run r "
                        + "ON r.id = a.pipeline_run_id WHERE r.created_by LIKE 'user %'"))
                .as("annotations of old runs")
                .isZero();
    }

    private interface Starts {
        List<ReplicaProcess.Ended> ended() throws Exception;
    }

    /** Meanwhile a client creates runs, and none of its calls may fail for good. */
    private List<ReplicaProcess.Ended> beside(Starts starts) throws Exception {
        var client = new CreatingClient(database);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        List<ReplicaProcess.Ended> replicas;
        CreatingClient.Calls calls;
        try {
            Future<CreatingClient.Calls> calling = executor.submit(client);
            replicas = starts.ended();
            client.stop();
            calls = calling.get(1, TimeUnit.MINUTES);
        } finally {
            client.stop();
            executor.shutdown();
        }
        assertThat(calls.failed()).isEmpty();
        assertThat(calls.succeeded()).isGreaterThan(50);
        assertThat(calls.repeated())
                .as("of %d calls, on %s", calls.succeeded(), product)
                .isLessThan(calls.succeeded() / 10 + 1);
        return replicas;
    }

    private List<ReplicaProcess.Ended> start(
            String user, String password, ReplicaProcess.Gate gate, List<String> options) throws Exception {
        // A user with a password needs the server's key where the connection is not encrypted.
        String url = product == TestDatabase.MYSQL ? database.url() + "&allowPublicKeyRetrieval=true" : database.url();
        List<String> all = new ArrayList<>(options);
        all.add("-Xmx256m");
        all.add("-Dliquibase.changelogLockPollRate=1"); // s; without it each waits for 10 s for the one before
        return ReplicaProcess.startAtOnce(REPLICAS, gate, all, url, user, password, CHANGELOG);
    }

    /** A user of the database who may do everything but write annotations. */
    private String limitedUser() throws SQLException {
        String user = "limited_" + database.name();
        if (product == TestDatabase.POSTGRESQL) {
            execute("CREATE ROLE %s LOGIN PASSWORD 'secret'".formatted(user));
            execute("GRANT ALL ON SCHEMA public TO " + user);
            execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO " + user);
            execute("REVOKE INSERT ON pipeline_run_annotation FROM " + user);
        } else {
            execute("CREATE USER '%s'@'%%' IDENTIFIED BY 'secret'".formatted(user));
            execute("GRANT SELECT, CREATE, ALTER, INDEX ON %s.* TO '%s'@'%%'".formatted(database.name(), user));
            for (String table : List.of("DATABASECHANGELOG", "DATABASECHANGELOGLOCK", "DATABASECHANGELOGBACKFILL")) {
                execute("GRANT ALL ON %s.%s TO '%s'@'%%'".formatted(database.name(), table, user));
            }
        }
        return user;
    }

    private void addOldRuns(int count) throws Exception {
        ServiceStartup.of(database.dataSource(), CHANGELOG).runWithoutBackfills();
        connection.setAutoCommit(false);
        for (int begin = 0; begin < count; begin += ROWS_PER_INSERT) {
            var executions = new StringJoiner(", ", "INSERT INTO execution_node (id, task_spec) VALUES ", "");
            var runs =
                    new StringJoiner(", ", "INSERT INTO pipeline_run (id, root_execution_id, created_by) VALUES ", "");
            for (int i = begin; i < Math.min(count, begin + ROWS_PER_INSERT); i++) {
                String id = "%08x%06d".formatted(Integer.reverse(i), i);
                executions.add(
                        "('%s', '{\"componentRef\": {\"spec\": {\"name\": \"component %d\"}}}')".formatted(id, i));
                runs.add("('%s', '%s', 'user %d')".formatted(id, id, i));
            }
            execute(executions.toString());
            execute(runs.toString());
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void assertParity() throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString();
        long runs = count("SELECT COUNT(*) FROM pipeline_run");
        for (String key : List.of(SystemAnnotations.CREATED_BY, SystemAnnotations.NAME)) {
            assertThat(count(
                            "SELECT COUNT(*) FROM pipeline_run r JOIN pipeline_run_annotation a ON a.pipeline_run_id = r.id "
                                    + "AND a.%1$skey%1$s = '%2$s'".formatted(quote, key)))
                    .as(key)
                    .isEqualTo(runs);
        }
    }

    private long count(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
