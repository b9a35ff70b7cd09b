package liquibase.ext.backfill.pipelineruns;

import liquibase.ext.backfill.BackfillTaskChange;
import liquibase.ext.backfill.definitions.BackfillDefinition;

/** Gives every pipeline run the annotation of its creator, {@code ''} where it has none. */
public final class CreatedByBackfill extends BackfillTaskChange {
    @Override
    protected BackfillDefinition definition() {
        return SystemAnnotations.createdBy();
    }
}
