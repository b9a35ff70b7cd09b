package liquibase.ext.backfill.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.BackfillHealth;
import com.example.BackfillMetrics;
import com.example.Migration;
import com.example.PipelineService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The examples of the pages on getting started and on services, as they stand there. */
@Tag("sqlite")
class SqliteServiceExampleIT {
    private static final String CHANGELOG = "db/changelog/db.changelog.yaml";

    private FreshDatabase database;
    private DataSource dataSource;

    @BeforeEach
    void create() throws Exception {
        database = TestDatabase.SQLITE.freshDatabase();
        dataSource = database.dataSource();
        ServiceStartup.of(dataSource, CHANGELOG).runWithoutBackfills();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO execution_node (id, task_spec) VALUES ('e', '{}')");
            statement.execute("""
                    INSERT INTO pipeline_run (id, root_execution_id, created_by)
                    VALUES ('a', 'e', 'alice'), ('b', 'e', NULL), ('c', 'e', 'carol')""");
        }
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    @Test
    void a_service_starts_and_its_runs_have_their_annotations() throws Exception {
        StartupReport report = new PipelineService().start(dataSource);

        assertThat(report.failed()).isFalse();
        assertThat(report.backfills()).extracting(BackfillReport::inserted).containsExactly(3L, 0L, 3L);
    }

    @Test
    void an_update_in_plain_java_backfills() throws Exception {
        new Migration().run(dataSource);

        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM pipeline_run_annotation")) {
            assertThat(count.getInt(1)).isEqualTo(6);
        }
    }

    @Test
    void health_and_numbers_follow_the_work() throws Exception {
        var registry = new SimpleMeterRegistry();
        try (BackgroundBackfills backfills = ServiceStartup.of(dataSource, CHANGELOG)
                .listener(new BackfillMetrics(registry))
                .runInBackground()) {
            var health = new BackfillHealth(backfills);
            backfills.report().get(1, TimeUnit.MINUTES);

            assertThat(health.status()).isEqualTo("UP");
            assertThat(health.details()).startsWith("{\"failed\":false,");
        }

        assertThat(registry.get("backfill.rows.inserted")
                        .tag("backfill", "pipeline_run.created_by")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get("backfill.duration").tag("outcome", "COMPLETED").timers())
                .isNotEmpty();
    }

    @Test
    void health_tells_work_that_goes_on_and_work_that_was_not_done() throws Exception {
        var atWork = new CountDownLatch(1);
        var listener = new BackfillListener() {
            @Override
            public void advanced(Progress progress) {
                atWork.countDown();
            }
        };
        BackgroundBackfills backfills = ServiceStartup.of(dataSource, CHANGELOG)
                .setting("liquibase.backfill.chunkSize", "1")
                .setting("liquibase.backfill.pause", "10m")
                .listener(listener)
                .runInBackground();
        var health = new BackfillHealth(backfills);

        assertThat(atWork.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(health.status()).isEqualTo("BACKFILLING");
        assertThat(health.details()).isEqualTo("{}");
        backfills.close();

        assertThat(health.status()).isEqualTo("DEGRADED");
        assertThat(health.details()).contains("\"outcome\":\"STOPPED\"");
    }

    @Test
    void health_suffers_from_a_backfill_that_failed() throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE pipeline_run RENAME COLUMN created_by TO creator");
        }

        try (BackgroundBackfills backfills =
                ServiceStartup.of(dataSource, CHANGELOG).runInBackground()) {
            backfills.report().get(1, TimeUnit.MINUTES);

            assertThat(new BackfillHealth(backfills).status()).isEqualTo("DEGRADED");
        }
    }
}
