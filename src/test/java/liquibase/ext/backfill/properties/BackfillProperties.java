package liquibase.ext.backfill.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillInspection;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.CheckpointTable;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.properties.Scenario.StoredRun;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Random documents, keys and existing rows, and the backfills in random order: the table is always what an oracle in
 * plain Java computes. The seed is fixed, so that a build fails by what it changed; take it out to look further.
 */
abstract class BackfillProperties {
    private final Holding holding;
    private FreshDatabase database;
    private Connection connection;
    private PipelineTables tables;

    BackfillProperties(Holding holding) {
        this.holding = holding;
    }

    @BeforeProperty
    void open() throws SQLException {
        database = holding.product().freshDatabase();
        connection = database.connect();
        prepare(connection);
        tables = PipelineTables.on(holding.product())
                .withCreator("varchar(1000)")
                .create(connection);
    }

    /** What a database needs for thousands of small transactions to be quick. */
    void prepare(Connection fresh) throws SQLException {}

    @AfterProperty
    void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Property(seed = "20261123", edgeCases = EdgeCasesMode.NONE)
    void in_any_order_and_number_the_backfills_write_what_the_oracle_says(@ForAll("scenarios") Scenario scenario)
            throws SQLException {
        store(scenario);
        var oracle = new Oracle(holding, scenario);

        for (int rank : scenario.order()) {
            assertThat(run(rank, scenario)).as("rows inserted by %d", rank).isEqualTo(oracle.run(rank));
        }
        assertThat(tables.annotations(connection)).as("after some").containsExactlyInAnyOrderElementsOf(oracle.table());

        for (int rank = 0; rank < 3; rank++) {
            assertThat(run(rank, scenario)).as("rows inserted by %d", rank).isEqualTo(oracle.run(rank));
            assertThat(run(rank, scenario))
                    .as("rows inserted by %d again", rank)
                    .isZero();
        }
        assertThat(tables.annotations(connection)).as("after all").containsExactlyInAnyOrderElementsOf(oracle.table());
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return new Scenarios(holding).all();
    }

    private void store(Scenario scenario) throws SQLException {
        tables.clear(connection);
        for (StoredRun run : scenario.runs()) {
            tables.add(
                    connection,
                    Run.of(
                            run.id(),
                            run.creator(),
                            run.extraData().text(),
                            run.taskSpec().text()));
        }
        for (Annotation annotation : scenario.existing()) {
            tables.add(connection, annotation);
        }
    }

    /** The checkpoints of earlier tries stay: a finished one must not hide what is missing. */
    private long run(int rank, Scenario scenario) throws SQLException {
        var engine = new BackfillEngine(
                connection,
                Schema.DEFAULT,
                CheckpointTable.DEFAULT,
                BackfillOptions.builder().chunkRows(scenario.chunkRows()).build(),
                BackfillListener.NONE,
                Time.system());
        long expected = BackfillInspection.on(connection)
                .countInsertable(SystemAnnotations.all().get(rank));
        BackfillResult result = engine.run(SystemAnnotations.all().get(rank));
        assertThat(result.counts().inserted()).as("what was announced").isEqualTo(expected);
        assertThat(result.refused()).isEmpty();
        return result.counts().inserted();
    }
}
