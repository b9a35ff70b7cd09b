package liquibase.ext.backfill.properties;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import liquibase.ext.backfill.properties.Scenario.StoredRun;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;

/** The three backfills in plain Java, on what the generated documents say. Nothing here is the product's. */
final class Oracle {
    private final Holding holding;
    private final List<StoredRun> runs;
    private final Map<List<String>, String> table = new HashMap<>();

    Oracle(Holding holding, Scenario scenario) {
        this.holding = holding;
        this.runs = scenario.runs();
        scenario.existing().forEach(row -> table.put(List.of(row.runId(), row.key()), row.value()));
    }

    /** How many rows the backfill of a rank inserts. */
    long run(int rank) {
        long before = table.size();
        for (StoredRun run : runs) {
            switch (rank) {
                case 0 -> insert(run, "system/pipeline_run.created_by", creator(run));
                case 1 -> inExtraData(run).ifPresent(name -> insert(run, "system/pipeline_run.name", name));
                default -> insert(run, "system/pipeline_run.name", name(run));
            }
        }
        return table.size() - before;
    }

    List<Annotation> table() {
        List<Annotation> rows = new ArrayList<>();
        table.forEach((key, value) -> rows.add(new Annotation(key.get(0), key.get(1), value)));
        return rows;
    }

    private void insert(StoredRun run, String key, String value) {
        List<String> row = List.of(run.id(), key);
        if (!table.containsKey(row)) { // putIfAbsent would take a row with NULL for none
            table.put(row, value);
        }
    }

    private String creator(StoredRun run) {
        return run.creator() == null ? "" : holding.held(run.creator());
    }

    private String name(StoredRun run) {
        return inExtraData(run)
                .or(() ->
                        run.taskSpec().stringAt("componentRef", "spec", "name").map(holding::held))
                .orElse("");
    }

    private Optional<String> inExtraData(StoredRun run) {
        return run.extraData().stringAt("pipeline_name").map(holding::held);
    }
}
