package liquibase.ext.backfill.pipelineruns;

import liquibase.ext.backfill.BackfillTaskChange;
import liquibase.ext.backfill.definitions.BackfillDefinition;

/** Gives every pipeline run the annotation of its name, {@code ''} where no source has one. */
public final class PipelineNameFromComponentSpecBackfill extends BackfillTaskChange {
    @Override
    protected BackfillDefinition definition() {
        return SystemAnnotations.nameFromComponentSpec();
    }
}
