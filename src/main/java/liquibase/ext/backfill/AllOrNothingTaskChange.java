package liquibase.ext.backfill;

import java.util.List;
import liquibase.ext.backfill.definitions.BackfillDefinition;

/**
 * Several backfills as one {@code customChange} in one serializable transaction: all of it is committed, or nothing.
 *
 * <p>Of the settings only {@code mode}, {@code onFailure}, {@code lockTimeout} and {@code attempts} apply.
 *
 * <p>For small tables, or where nobody else writes: it holds its locks until the end, and a restart begins anew.
 * {@link BackfillTaskChange} is what a service in production wants.
 */
public abstract class AllOrNothingTaskChange extends BackfillTask {
    /** What is backfilled, in order. Called whenever it is needed; must always give the same. */
    protected abstract List<BackfillDefinition> definitions();

    @Override
    final ChangelogBackfill backfill() {
        return ChangelogBackfill.allOrNothing(definitions());
    }
}
