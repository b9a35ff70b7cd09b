package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.engine.SessionState;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases, users and pools that are not what a backfill would wish for. */
abstract class SurroundingsContract extends FaultContract {
    private static final int RUNS = 100;
    private static final int CHUNK = 10;

    SurroundingsContract(TestDatabase product) {
        super(product);
    }

    /** A connection that may read the tables and nothing else. */
    abstract Connection readOnly() throws SQLException;

    /** So that the run before has made its own. */
    abstract void letReadCheckpoints() throws SQLException;

    BackfillException failure(Connection connection, BackfillOptions options) {
        return catchThrowableOfType(
                BackfillException.class, () -> backfill(connection, options, BackfillListener.NONE, Time.system()));
    }

    @Test
    void a_user_who_may_not_write_is_told_so_and_nothing_is_changed() throws SQLException {
        Runs runs = runs(KeyOrder.RANDOM, RUNS);
        String withoutTable;
        try (Connection reader = readOnly()) {
            BackfillException failure = failure(reader, chunksOf(CHUNK).build());
            assertThat(failure)
                    .hasMessageContaining("the checkpoint table ")
                    .hasMessageContaining("Nothing was changed.")
                    .hasMessageContaining("CREATE TABLE");
            withoutTable = failure.getMessage().lines().findFirst().orElseThrow();
        }
        backfill(chunksOf(CHUNK).build());
        runs.execute("DELETE FROM pipeline_run_annotation");
        letReadCheckpoints();
        try (Connection reader = readOnly()) {
            assertThat(failure(reader, chunksOf(CHUNK).build())).hasMessageContaining(" failed on ");
        }
        assertThat(runs.systemAnnotations()).isZero();
        backfill(chunksOf(CHUNK).build());
        enter("the user may only read", 2, runs.balance(), withoutTable, Map.of());
    }

    @Test
    void a_lock_that_somebody_holds_longer_than_the_timeout_is_waited_for() throws Exception {
        Runs runs = runs(KeyOrder.SEQUENTIAL, RUNS);
        backfill(chunksOf(CHUNK).build()); // so that nothing but chunks has something left to write
        runs.execute("DELETE FROM pipeline_run_annotation");
        List<String> reasons = new ArrayList<>();
        try (Connection other = connect();
                Connection connection = connect()) {
            other.setAutoCommit(false);
            runs.annotate(other, runs.ids().get(RUNS / 2), "system/pipeline_run.created_by", "by another");
            runs.mayBe(runs.ids().get(RUNS / 2), "system/pipeline_run.created_by", "by another");
            var options = chunksOf(CHUNK)
                    .timeouts(Duration.ofMillis(200), Duration.ofSeconds(60))
                    .attempts(100)
                    .build();
            List<BackfillResult> results = backfill(
                    connection,
                    options,
                    new BackfillListener() {
                        @Override
                        public void waiting(String backfill, String reason, Duration duration) {
                            reasons.add(reason);
                            if (reasons.size() == 3) {
                                commit(other);
                            }
                        }
                    },
                    Time.system());
            assertThat(results)
                    .allSatisfy(result -> assertThat(result.outcome()).isNotIn(Outcome.STOPPED, Outcome.TAKEN_OVER));
            if (product != TestDatabase.SQLITE) { // where a lock that is held is a conflict, which may need no halving
                assertThat(results.get(0).counts().chunks())
                        .as("chunks, some of them smaller")
                        .isGreaterThan(RUNS / CHUNK);
            }
        }
        assertThat(reasons)
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly(
                        product == TestDatabase.SQLITE
                                ? "a conflict with another transaction"
                                : "a lock that was not granted in time");
        enter(
                "somebody holds a lock for longer than `lockTimeout`",
                1,
                runs.balance(),
                "waiting: " + reasons.get(0),
                Map.of());
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A pool of one, so that the next who asks gets the same session. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_pool_gets_its_connections_back_as_they_were(boolean autoCommit) throws SQLException {
        Runs runs = runs(KeyOrder.RANDOM, RUNS);
        try (var pool = new HikariDataSource(poolOfOne(autoCommit))) {
            String before;
            try (Connection connection = pool.getConnection()) {
                before = new SessionState(product).of(connection);
            }
            try (Connection connection = pool.getConnection()) {
                backfill(connection, chunksOf(CHUNK).build(), BackfillListener.NONE, Time.system());
                assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
                assertThat(new SessionState(product).of(connection)).isEqualTo(before);
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(new SessionState(product).of(connection)).isEqualTo(before);
            }
            enter("the connection comes from a pool, with autocommit or without", 1, runs.balance(), "", Map.of());
        }
    }

    private HikariConfig poolOfOne(boolean autoCommit) {
        var config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(1);
        config.setAutoCommit(autoCommit);
        return config;
    }

    @Test
    void tables_without_the_usual_indexes_are_backfilled_too() throws SQLException {
        String json = product == TestDatabase.SQLITE ? "text" : "json";
        String key = product == TestDatabase.POSTGRESQL || product == TestDatabase.SQLITE ? "\"key\"" : "`key`";
        var runs = new Runs(database, KeyOrder.RANDOM, random);
        for (String table : List.of(
                "CREATE TABLE execution_node (id varchar(20) NOT NULL UNIQUE, task_spec %s)".formatted(json),
                ("CREATE TABLE pipeline_run (id varchar(20) NOT NULL UNIQUE, root_execution_id varchar(20), "
                                + "created_by varchar(255), extra_data %s)")
                        .formatted(json),
                "CREATE TABLE pipeline_run_annotation (pipeline_run_id varchar(20) NOT NULL, %1$s varchar(255) NOT NULL, value varchar(255), UNIQUE (%1$s, pipeline_run_id))"
                        .formatted(key))) {
            runs.execute(table);
        }
        runs.with(20 * RUNS);
        backfill(BackfillOptions.defaults());
        Balance balance = runs.balance();
        runs.close();
        enter(
                "the tables have no primary keys, foreign keys and further indexes, only the unique constraints, that of the target the other way round",
                1,
                balance,
                "",
                Map.of());
    }

    @Test
    void a_target_that_holds_doubles_is_refused() throws SQLException {
        String key = product == TestDatabase.POSTGRESQL || product == TestDatabase.SQLITE ? "\"key\"" : "`key`";
        Runs runs = runs(KeyOrder.RANDOM, RUNS);
        runs.execute("DROP TABLE pipeline_run_annotation");
        runs.execute(
                "CREATE TABLE pipeline_run_annotation (pipeline_run_id varchar(20) NOT NULL, %s varchar(255) NOT NULL, value varchar(255))"
                        .formatted(key));
        try (Connection connection = connect()) {
            for (int i = 0; i < 2; i++) {
                runs.annotate(connection, runs.ids().get(0), "system/pipeline_run.created_by", "twice");
            }
            BackfillException refusal = failure(connection, chunksOf(CHUNK).build());
            assertThat(refusal)
                    .hasMessageContaining("has no primary key or unique constraint over (pipeline_run_id, key)")
                    .hasMessageEndingWith("Nothing was changed.");
            assertThat(runs.systemAnnotations()).isEqualTo(2);

            // What the operator does: away with the doubles, and a constraint that keeps them away.
            runs.execute("DELETE FROM pipeline_run_annotation");
            runs.execute("CREATE UNIQUE INDEX ux_annotation ON pipeline_run_annotation (pipeline_run_id, %s)"
                    .formatted(key));
            backfill(connection, chunksOf(CHUNK).build(), BackfillListener.NONE, Time.system());
            enter(
                    "the target has doubles, and so no unique constraint",
                    1,
                    runs.balance(),
                    refusal.getMessage(),
                    Map.of());
        }
    }
}
