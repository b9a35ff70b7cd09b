package liquibase.ext.backfill;

import java.util.List;
import liquibase.exception.DatabaseException;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;

/** One backfill, chunk by chunk. */
record ChunkedWork(BackfillDefinition definition) implements BackfillWork {
    @Override
    public List<BackfillResult> run(
            JdbcAccess access, BackfillSettings settings, TimeBoxStart start, BackfillListener listener)
            throws DatabaseException {
        BackfillListener listeners = BackfillListener.all(List.of(BackfillWork.progress(definition), listener));
        return access.call(connection -> {
            var options = settings.timeBox().isPresent()
                    ? settings.optionsSince(start.moment(connection))
                    : settings.options();
            return List.of(access.engine(connection, options, listeners).run(definition));
        });
    }
}
