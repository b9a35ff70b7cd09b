package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs in another schema than the connection's own, which has tables of the same names. */
abstract class SchemaContract {
    private final TestDatabase product;
    private FreshDatabase database;
    private Connection connection;
    private PipelineTables own;
    private String otherName;
    private PipelineTables other;

    SchemaContract(TestDatabase product) {
        this.product = product;
    }

    /** What the engine is told to find a schema by its name. */
    abstract Schema schema(String name);

    /** The other schema's name as it stands in a statement. */
    abstract String quoted(String name);

    @BeforeEach
    void open() throws SQLException {
        database = product.freshDatabase();
        connection = database.connect();
        own = PipelineTables.on(product).create(connection);
    }

    private void createOther(String suffix) throws SQLException {
        otherName = database.name() + suffix;
        execute("CREATE SCHEMA " + quoted(otherName));
        other = own.in(quoted(otherName)).create(connection);
        own.add(connection, Run.of("a-run", "somebody here", null, "{}"));
        other.add(connection, Run.of("a-run", "somebody there", "{\"pipeline_name\": \"😀\"}", "{}"));
        other.add(connection, Run.of("b-run", null, null, "{\"componentRef\": {\"spec\": {\"name\": \"b\"}}}"));
    }

    @AfterEach
    void close() throws SQLException {
        if (connection != null) {
            execute(
                    product == TestDatabase.POSTGRESQL
                            ? "DROP SCHEMA " + quoted(otherName) + " CASCADE"
                            : "DROP SCHEMA " + quoted(otherName));
            connection.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    void the_runs_of_another_schema_are_annotated_there_and_only_there() throws SQLException {
        createOther("_Other-1");

        run(new CheckpointTable(schema(otherName), CheckpointTable.DEFAULT.name()));

        assertThat(own.annotations(connection)).isEmpty();
        assertThat(other.annotations(connection)).containsExactlyInAnyOrderElementsOf(expected());
    }

    @Test
    void the_checkpoints_may_be_in_the_connections_own_schema() throws SQLException {
        createOther("_Other-1");

        run(CheckpointTable.DEFAULT);

        assertThat(own.annotations(connection)).isEmpty();
        assertThat(other.annotations(connection)).containsExactlyInAnyOrderElementsOf(expected());
    }

    private List<Annotation> expected() {
        return List.of(
                new Annotation("a-run", SystemAnnotations.CREATED_BY, "somebody there"),
                new Annotation("b-run", SystemAnnotations.CREATED_BY, ""),
                new Annotation("a-run", SystemAnnotations.NAME, "😀"),
                new Annotation("b-run", SystemAnnotations.NAME, "b"));
    }

    private void run(CheckpointTable checkpoints) throws SQLException {
        for (BackfillDefinition definition : SystemAnnotations.all()) {
            new BackfillEngine(
                            connection,
                            schema(otherName),
                            checkpoints,
                            BackfillOptions.defaults(),
                            BackfillListener.NONE,
                            Time.system())
                    .run(definition);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
