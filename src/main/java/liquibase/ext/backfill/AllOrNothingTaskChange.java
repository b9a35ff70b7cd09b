package liquibase.ext.backfill;

import java.util.List;
import liquibase.exception.DatabaseException;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;

/**
 * Several backfills as one {@code customChange} in one serializable transaction: all of it is committed, or nothing.
 *
 * <p>For small tables, or where nobody else writes: it holds its locks until the end, and a restart begins anew.
 * {@link BackfillTaskChange} is what a service in production wants.
 */
public abstract class AllOrNothingTaskChange extends BackfillTask {
    @Override
    protected abstract List<BackfillDefinition> definitions();

    @Override
    final List<BackfillResult> run(JdbcAccess access, BackfillSettings settings) throws DatabaseException {
        return access.call(connection -> access.engine(connection, settings.options(), BackfillListener.NONE)
                .runAllOrNothing(definitions()));
    }
}
