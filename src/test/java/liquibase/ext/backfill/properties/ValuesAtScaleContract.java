package liquibase.ext.backfill.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.RefusedRow;
import liquibase.ext.backfill.faults.Balance;
import liquibase.ext.backfill.faults.Chance;
import liquibase.ext.backfill.faults.FaultLog;
import liquibase.ext.backfill.faults.FaultReport;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.properties.Scenario.StoredRun;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import liquibase.ext.backfill.testing.TestDatabase;
import net.jqwik.api.Example;
import net.jqwik.api.RandomGenerator;

/** The generator of the value contract for one large table, with values sprinkled in that the database refuses. */
abstract class ValuesAtScaleContract {
    private static final int SCENARIOS = 1_000;
    private static final String FORBIDDEN = "forbidden";

    private final Holding holding;

    ValuesAtScaleContract(Holding holding) {
        this.holding = holding;
    }

    /** An example, because a generator works on jqwik's thread only. */
    @Example
    void a_large_table_of_random_documents_and_refused_values_becomes_what_the_oracle_says() throws SQLException {
        Scenario scenario = scenario(Chance.of(getClass().getSimpleName()), Chance.times(SCENARIOS));
        try (FreshDatabase database = holding.product().freshDatabase();
                Connection connection = database.connect()) {
            PipelineTables tables = PipelineTables.on(holding.product())
                    .withCreator("varchar(1000)")
                    .withCheck("value <> '%s'".formatted(FORBIDDEN))
                    .create(connection);
            long refused = store(scenario, tables, connection);

            long refusedByRuns = 0;
            List<RefusedRow> first = new ArrayList<>();
            for (BackfillDefinition definition : SystemAnnotations.all()) {
                BackfillResult result = BackfillEngine.on(connection).run(definition);
                refusedByRuns += result.counts().refused();
                first.addAll(result.refused());
            }

            Set<Annotation> owed = new HashSet<>(owed(scenario));
            List<Annotation> found = tables.annotations(connection);
            Set<Annotation> different = new HashSet<>(found);
            long lost = owed.stream().filter(row -> !different.contains(row)).count();
            assertThat(refusedByRuns)
                    .as("refused, with %s", Chance.options())
                    .isEqualTo(refused)
                    .isPositive();
            // Only what was lost or doubled can fail from here on, and that is to be in the report.
            enter(
                    scenario.runs().size(),
                    lost,
                    found.size() + lost - owed.size(),
                    refused,
                    String.valueOf(first.get(0)));
            assertThat(found).as("with %s", Chance.options()).containsExactlyInAnyOrderElementsOf(owed);
        }
    }

    private void enter(int runs, long lost, long doubled, long refused, String first) {
        FaultLog.enter(new FaultReport.Entry(
                "documents, keys and texts are random, and the database refuses some of the values (times: runs)",
                holding.product(),
                runs,
                new Balance(runs, lost, doubled),
                first,
                Map.of("refused", refused)));
    }

    /** Many small tables made one. */
    private Scenario scenario(Random random, int scenarios) {
        RandomGenerator<Scenario> generator = new Scenarios(holding).all().generator(1000);
        List<StoredRun> runs = new ArrayList<>();
        List<Annotation> existing = new ArrayList<>();
        for (int i = 0; i < scenarios; i++) {
            Scenario one = generator.next(random).value();
            String suffix = "-" + i;
            for (StoredRun run : one.runs()) {
                String creator = random.nextInt(50) == 0 ? FORBIDDEN : run.creator();
                runs.add(new StoredRun(run.id() + suffix, creator, run.extraData(), run.taskSpec()));
            }
            one.existing().forEach(row -> existing.add(new Annotation(row.runId() + suffix, row.key(), row.value())));
        }
        return new Scenario(runs, existing, List.of(), 0);
    }

    /** @return how many values will be refused */
    private long store(Scenario scenario, PipelineTables tables, Connection connection) throws SQLException {
        if (holding.product() == TestDatabase.SQLITE) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA synchronous = OFF");
            }
        }
        Set<String> annotated = new HashSet<>();
        for (Annotation row : scenario.existing()) {
            if (row.key().equals(SystemAnnotations.CREATED_BY)) {
                annotated.add(row.runId());
            }
        }
        long refused = 0;
        for (StoredRun run : scenario.runs()) {
            tables.add(
                    connection,
                    Run.of(
                            run.id(),
                            run.creator(),
                            run.extraData().text(),
                            run.taskSpec().text()));
            refused += FORBIDDEN.equals(run.creator()) && !annotated.contains(run.id()) ? 1 : 0;
        }
        for (Annotation row : scenario.existing()) {
            tables.add(connection, row);
        }
        return refused;
    }

    private List<Annotation> owed(Scenario scenario) {
        var oracle = new Oracle(holding, scenario);
        for (int rank = 0; rank < SystemAnnotations.all().size(); rank++) {
            oracle.run(rank);
        }
        return oracle.table().stream()
                .map(row -> FORBIDDEN.equals(row.value()) ? new Annotation(row.runId(), row.key(), "") : row)
                .toList();
    }
}
