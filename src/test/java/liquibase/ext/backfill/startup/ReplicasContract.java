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
import org.yaml.snakeyaml.Yaml;

/** Several replicas of a service, each a process, that start at once on one database with old runs while clients call it. */
abstract class ReplicasContract {
    private static final String CHANGELOG = "liquibase-backfill/db.changelog-master.yaml";
    private static final int REPLICAS = 3;
    private static final int ROWS_PER_INSERT = 1_000;

    private final TestDatabase product;
    private FreshDatabase database;
    private Connection connection;

    ReplicasContract(TestDatabase product) {
        this.product = product;
    }

    @BeforeEach
    void createTables() throws Exception {
        database = product.freshDatabase();
        connection = database.connect();
        ServiceStartup.of(database.dataSource(), CHANGELOG).runWithoutBackfills();
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
    void all_serve_one_works_and_no_call_of_a_client_fails() throws Exception {
        replicasStartBesideAClient(3_000);
    }

    @Test
    @Tag("slow")
    void all_serve_one_works_and_no_call_of_a_client_fails_over_200_000_old_runs() throws Exception {
        replicasStartBesideAClient(200_000);
    }

    private void replicasStartBesideAClient(int oldRuns) throws Exception {
        addOldRuns(oldRuns);
        var client = new CreatingClient(database);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        List<ReplicaProcess.Ended> replicas;
        CreatingClient.Calls calls;
        try {
            Future<CreatingClient.Calls> calling = executor.submit(client);
            replicas = start(database.user(), database.password());
            client.stop();
            calls = calling.get(1, TimeUnit.MINUTES);
        } finally {
            client.stop();
            executor.shutdown();
        }

        assertThat(replicas)
                .allSatisfy(replica ->
                        assertThat(replica.serves()).as(replica.output()).isTrue());
        assertThat(calls.failed()).isEmpty();
        assertThat(calls.repeated())
                .as("of %d calls, on %s, beside %d old runs", calls.succeeded(), product, oldRuns)
                .isLessThan(calls.succeeded() / 10 + 1);
        assertThat(calls.succeeded()).isPositive();
        assertParity();
        assertThat(replicas.stream()
                        .mapToLong(replica -> inserted(replica, "pipeline_run.created_by"))
                        .sum())
                .as("old runs, each annotated once by one of the replicas")
                .isEqualTo(oldRuns);
    }

    @Test
    void all_serve_where_the_database_refuses_the_backfill_and_their_reports_say_why() throws Exception {
        addOldRuns(10);
        String user = limitedUser();

        List<ReplicaProcess.Ended> replicas = start(user, "secret");

        assertThat(replicas).allSatisfy(replica -> {
            assertThat(replica.serves()).as(replica.output()).isTrue();
            assertThat(replica.output())
                    .contains("\"failed\":true")
                    .contains("\"outcome\":\"FAILED\"")
                    .contains("backfill pipeline_run.created_by failed on")
                    .containsPattern(
                            "permission denied for table pipeline_run_annotation|INSERT command denied to user");
        });
        assertThat(count("SELECT COUNT(*) FROM pipeline_run_annotation")).isZero();
    }

    private List<ReplicaProcess.Ended> start(String user, String password) throws Exception {
        List<Process> replicas = new ArrayList<>();
        // A user with a password needs the server's key where the connection is not encrypted.
        String url = product == TestDatabase.MYSQL ? database.url() + "&allowPublicKeyRetrieval=true" : database.url();
        try {
            for (int i = 0; i < REPLICAS; i++) {
                replicas.add(ReplicaProcess.start(url, user, password, CHANGELOG));
            }
            return ReplicaProcess.await(replicas);
        } finally {
            replicas.forEach(Process::destroyForcibly);
        }
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

    @SuppressWarnings("unchecked")
    private static long inserted(ReplicaProcess.Ended replica, String backfill) {
        String json = replica.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> report = new Yaml().load(json);
        return ((List<Map<String, Object>>) report.get("backfills"))
                .stream()
                        .filter(step -> backfill.equals(step.get("name")))
                        .mapToLong(step -> ((Number) step.get("inserted")).longValue())
                        .sum();
    }

    private void addOldRuns(int count) throws SQLException {
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
