package liquibase.ext.backfill.pipelineruns;

import liquibase.ext.backfill.BackfillTaskChange;
import liquibase.ext.backfill.definitions.BackfillDefinition;

/** Gives each pipeline run that carries a name in its own {@code extra_data} the annotation of that name. */
public final class PipelineNameFromExtraDataBackfill extends BackfillTaskChange {
    @Override
    protected BackfillDefinition definition() {
        return SystemAnnotations.nameFromExtraData();
    }
}
