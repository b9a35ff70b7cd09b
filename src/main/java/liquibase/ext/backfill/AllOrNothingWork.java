package liquibase.ext.backfill;

import java.time.Duration;
import java.util.List;
import liquibase.exception.DatabaseException;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.Checkpoint;
import liquibase.ext.backfill.engine.Reason;

/** Several backfills in one transaction. */
record AllOrNothingWork(List<BackfillDefinition> definitions) implements BackfillWork {
    @Override
    public List<BackfillResult> run(
            JdbcAccess access, BackfillSettings settings, TimeBoxStart start, BackfillListener listener)
            throws DatabaseException {
        BackfillListener heard = BackfillListener.all(List.of(listener));
        definitions.forEach(definition -> heard.started(definition.name()));
        long startedAt = System.nanoTime();
        List<BackfillResult> results;
        try {
            results = access.call(connection -> access.engine(connection, settings.options(), BackfillListener.NONE)
                    .runAllOrNothing(definitions));
        } catch (DatabaseException | RuntimeException e) {
            var took = Duration.ofNanos(System.nanoTime() - startedAt);
            definitions.forEach(definition -> heard.failed(new BackfillListener.Failed(
                    definition.name(), Reason.sentence(e), Checkpoint.Counts.NONE, 0, took)));
            throw e;
        }
        // Only now: before the commit there is nothing to tell that is sure to last.
        for (int i = 0; i < results.size(); i++) {
            BackfillListener.all(List.of(BackfillWork.progress(definitions.get(i)), listener))
                    .ended(results.get(i));
        }
        return results;
    }
}
