package liquibase.ext.backfill.pipelineruns;

import java.util.List;
import liquibase.ext.backfill.AllOrNothingTaskChange;
import liquibase.ext.backfill.definitions.BackfillDefinition;

/** Gives every pipeline run all its system annotations in one transaction. Not in the shipped changelog. */
public final class AllAnnotationsBackfill extends AllOrNothingTaskChange {
    @Override
    protected List<BackfillDefinition> definitions() {
        return SystemAnnotations.all();
    }
}
