package liquibase.ext.backfill;

import java.util.List;
import liquibase.Scope;
import liquibase.exception.DatabaseException;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.Time;

/**
 * A backfill as a {@code customChange}. A subclass says what is backfilled; a changelog names the subclass, in a
 * changeset with {@code runAlways: true}, {@code runInTransaction: false} and a parity guard.
 *
 * <p>A dry run ({@code update-sql} and its like) writes nothing and prints a statement that does the same. A rollback
 * leaves the rows: they are true.
 */
public abstract class BackfillTaskChange extends BackfillTask {
    /** What is backfilled. Called whenever it is needed; must always give the same. */
    protected abstract BackfillDefinition definition();

    @Override
    final List<BackfillDefinition> definitions() {
        return List.of(definition());
    }

    @Override
    final List<BackfillResult> run(JdbcAccess access, BackfillSettings settings) throws DatabaseException {
        BackfillDefinition definition = definition();
        var progress = new ProgressReport(definition, Scope.getCurrentScope().getUI(), Time.system());
        return access.call(connection -> {
            var options = settings.timeBox().isPresent()
                    ? settings.optionsSince(access.lockGranted(connection))
                    : settings.options();
            return List.of(access.engine(connection, options, progress).run(definition));
        });
    }
}
