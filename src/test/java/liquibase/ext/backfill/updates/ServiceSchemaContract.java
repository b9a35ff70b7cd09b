package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import liquibase.ext.backfill.engine.SessionState;
import liquibase.ext.backfill.startup.ServiceStartup;
import liquibase.ext.backfill.startup.StartupReport;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service whose tables are not where its connections look by themselves. */
abstract class ServiceSchemaContract extends StartupContract {
    private static final String WRITTEN_SQL = "services/written-sql.yaml";

    private FreshDatabase otherDatabase;
    private String schema;
    private PipelineRuns inOther;

    ServiceSchemaContract(TestDatabase product) {
        super(product);
    }

    @BeforeEach
    void createOther() throws SQLException {
        if (product == TestDatabase.POSTGRESQL) {
            schema = "other";
            runs.execute("CREATE SCHEMA other");
        } else {
            otherDatabase = product.freshDatabase();
            schema = otherDatabase.name();
        }
        inOther = runs.in(schema);
    }

    @AfterEach
    void dropOther() throws SQLException {
        if (otherDatabase != null) {
            otherDatabase.close();
        }
    }

    private HikariDataSource poolOfOne(boolean autoCommit) {
        var config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    private String state(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return new SessionState(product).of(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void written_sql_and_backfills_find_their_tables_there_and_the_connection_goes_back_as_it_came(boolean autoCommit)
            throws Exception {
        runs.createTables();
        List<Run> some = Run.some(7);
        inOther.createTables();
        inOther.add(some);
        try (HikariDataSource pool = poolOfOne(autoCommit)) {
            String before = state(pool);

            StartupReport report = start(() -> ServiceStartup.of(pool, WRITTEN_SQL)
                    .parameter("table", "written_by_hand")
                    .defaultSchema(schema)
                    .run());

            assertThat(report.failed()).isFalse();
            assertThat(state(pool)).isEqualTo(before);
        }
        assertThat(runs.read("SELECT id FROM %s.written_by_hand".formatted(schema)))
                .containsExactly(List.of("7"));
        assertThat(runs.hasTable("written_by_hand")).isFalse();
        assertThat(inOther.annotations()).isEqualTo(inParity(some));
        assertThat(inOther.recorded()).contains("written");
    }
}
