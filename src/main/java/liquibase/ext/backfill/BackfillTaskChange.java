package liquibase.ext.backfill;

import java.util.concurrent.atomic.AtomicInteger;
import liquibase.Scope;
import liquibase.change.custom.CustomTaskChange;
import liquibase.change.custom.CustomTaskRollback;
import liquibase.database.Database;
import liquibase.exception.CustomChangeException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationErrors;
import liquibase.executor.Executor;
import liquibase.executor.ExecutorService;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.Time;
import liquibase.resource.ResourceAccessor;

/**
 * A backfill as a {@code customChange}. A subclass says what is backfilled; a changelog names the subclass, in a
 * changeset with {@code runAlways: true}, {@code runInTransaction: false} and a parity guard.
 *
 * <p>A dry run ({@code update-sql} and its like call {@link #execute} too) writes nothing and prints a statement that
 * does the same. A rollback leaves the rows: they are true.
 */
public abstract class BackfillTaskChange implements CustomTaskChange, CustomTaskRollback {
    private static final String ROWS_AFFECTED = "rowsAffected";

    private String confirmation = "";

    /** What is backfilled. Called whenever it is needed; must always give the same. */
    protected abstract BackfillDefinition definition();

    @Override
    public final void execute(Database database) throws CustomChangeException {
        Executor executor = Scope.getCurrentScope()
                .getSingleton(ExecutorService.class)
                .getExecutor("jdbc", database);
        BackfillDefinition definition = definition();
        try {
            if (executor.updatesDatabase()) {
                run(definition, database);
            } else {
                new DryRun(definition, database, executor).print();
            }
        } catch (LiquibaseException | RuntimeException e) {
            throw new CustomChangeException(e.getMessage(), e);
        }
    }

    private void run(BackfillDefinition definition, Database database) throws LiquibaseException {
        BackfillSettings settings = BackfillSettings.current();
        if (settings.mode() == Mode.SKIP) {
            confirmation = "Backfill %s skipped: liquibase.backfill.mode is skip.".formatted(definition.name());
            Scope.getCurrentScope().getUI().sendMessage(confirmation);
            return;
        }
        try {
            BackfillResult result = runOn(JdbcAccess.required(database), definition, settings);
            confirmation = "Backfill %s: %,d rows inserted"
                    .formatted(definition.name(), result.counts().inserted());
            addRowsAffected(result.counts().inserted());
        } catch (LiquibaseException | RuntimeException e) {
            if (settings.onFailure() == OnFailure.FAIL) {
                throw e;
            }
            report(e);
        }
    }

    private static BackfillResult runOn(JdbcAccess access, BackfillDefinition definition, BackfillSettings settings)
            throws LiquibaseException {
        var progress = new ProgressReport(definition, Scope.getCurrentScope().getUI(), Time.system());
        return access.call(connection -> {
            var options = settings.timeBox().isPresent()
                    ? settings.optionsSince(access.lockGranted(connection))
                    : settings.options();
            return access.engine(connection, options, progress).run(definition);
        });
    }

    /** The changeset ends as if it had succeeded, so the failure must be heard here. */
    private void report(Exception failure) {
        confirmation = failure.getMessage();
        Scope.getCurrentScope().getLog(getClass()).severe(failure.getMessage(), failure);
        Scope.getCurrentScope()
                .getUI()
                .sendErrorMessage(failure.getMessage()
                        + " The update goes on, because liquibase.backfill.onFailure is report.");
    }

    /** Liquibase counts what its own statements change, for its summary; ours it does not see. */
    private static void addRowsAffected(long rows) {
        AtomicInteger total = Scope.getCurrentScope().get(ROWS_AFFECTED, AtomicInteger.class);
        if (total != null) {
            total.addAndGet((int) Math.min(rows, Integer.MAX_VALUE));
        }
    }

    /** Leaves the rows: they are true, and the application may rely on them. */
    @Override
    public final void rollback(Database database) {}

    @Override
    public ValidationErrors validate(Database database) {
        var errors = new ValidationErrors();
        try {
            definition();
            if (BackfillSettings.current().mode() != Mode.SKIP) {
                JdbcAccess.requireSupported(database);
            }
        } catch (LiquibaseException | RuntimeException e) {
            errors.addError(e.getMessage());
        }
        return errors;
    }

    @Override
    public final String getConfirmationMessage() {
        return confirmation;
    }

    @Override
    public void setUp() {}

    @Override
    public void setFileOpener(ResourceAccessor resourceAccessor) {}
}
