package liquibase.ext.backfill.pipelineruns;

import java.util.List;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Coverage;
import liquibase.ext.backfill.definitions.Source;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.definitions.Value;

/** The rows that every pipeline run owes to {@code pipeline_run_annotation}, and where their values come from. */
public final class SystemAnnotations {
    /** The key of the annotation that names the run's creator. */
    public static final String CREATED_BY = "system/pipeline_run.created_by";

    /** The key of the annotation that holds the run's name. */
    public static final String NAME = "system/pipeline_run.name";

    /** What the keys of annotations start with that are not the user's to write. */
    public static final String RESERVED_PREFIX = "system/";

    /** How many code points of a value an annotation keeps: the width of its column. */
    public static final int MAX_VALUE_LENGTH = 255;

    private static final String RUNS = "pipeline_run";
    private static final String EXECUTIONS = "execution_node";
    private static final Value NO_VALUE = new Value.Literal("");
    private static final Value NAME_IN_EXTRA_DATA = new Value.JsonString(RUNS, "extra_data", List.of("pipeline_name"));
    private static final Value NAME_IN_COMPONENT_SPEC =
            new Value.JsonString(EXECUTIONS, "task_spec", List.of("componentRef", "spec", "name"));

    private SystemAnnotations() {}

    /** Each run's creator, {@code ''} where it has none. */
    public static BackfillDefinition createdBy() {
        return definition(
                "pipeline_run.created_by",
                runs(),
                CREATED_BY,
                Coverage.TOTAL,
                new Value.Column(RUNS, "created_by"),
                NO_VALUE);
    }

    /** The name of each run that carries one in its own {@code extra_data}; the other runs are left alone. */
    public static BackfillDefinition nameFromExtraData() {
        return definition("pipeline_run.name/extra_data", runs(), NAME, Coverage.PARTIAL, NAME_IN_EXTRA_DATA);
    }

    /**
     * Each run's name, {@code ''} where no source has one. It looks into {@code extra_data} first, so that the order in
     * which the two name backfills run cannot change a name.
     */
    public static BackfillDefinition nameFromComponentSpec() {
        return definition(
                "pipeline_run.name/component_spec",
                runs(new Source.Join(EXECUTIONS, "id", "root_execution_id")),
                NAME,
                Coverage.TOTAL,
                NAME_IN_EXTRA_DATA,
                NAME_IN_COMPONENT_SPEC,
                NO_VALUE);
    }

    /** All of them, in the order in which the shipped changelog runs them. */
    public static List<BackfillDefinition> all() {
        return List.of(createdBy(), nameFromExtraData(), nameFromComponentSpec());
    }

    private static Source runs(Source.Join... joins) {
        return new Source(RUNS, "id", List.of(joins));
    }

    private static BackfillDefinition definition(
            String name, Source source, String key, Coverage coverage, Value... firstOf) {
        return new BackfillDefinition(
                name,
                source,
                new Target(
                        "pipeline_run_annotation",
                        "pipeline_run_id",
                        List.of(new Target.Constant("key", key)),
                        List.of(new Target.Computed("value", List.of(firstOf), MAX_VALUE_LENGTH))),
                coverage);
    }
}
