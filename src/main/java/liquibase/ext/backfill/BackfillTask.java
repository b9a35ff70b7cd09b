package liquibase.ext.backfill;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import liquibase.Scope;
import liquibase.change.custom.CustomTaskChange;
import liquibase.change.custom.CustomTaskRollback;
import liquibase.database.Database;
import liquibase.exception.CustomChangeException;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationErrors;
import liquibase.executor.Executor;
import liquibase.executor.ExecutorService;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.resource.ResourceAccessor;

/**
 * What every backfill that a changelog names has in common.
 *
 * <p>A dry run ({@code update-sql} and its like call {@link #execute} too) writes nothing and prints statements that do
 * the same. A rollback leaves the rows: they are true.
 */
abstract class BackfillTask implements CustomTaskChange, CustomTaskRollback {
    private static final String ROWS_AFFECTED = "rowsAffected";

    private String confirmation = "";

    /** What is backfilled, in order. */
    abstract List<BackfillDefinition> definitions();

    /** Does it. */
    abstract List<BackfillResult> run(JdbcAccess access, BackfillSettings settings) throws DatabaseException;

    @Override
    public final void execute(Database database) throws CustomChangeException {
        Executor executor = Scope.getCurrentScope()
                .getSingleton(ExecutorService.class)
                .getExecutor("jdbc", database);
        try {
            if (executor.updatesDatabase()) {
                run(database);
            } else {
                for (BackfillDefinition definition : definitions()) {
                    new DryRun(definition, database, executor).print();
                }
            }
        } catch (LiquibaseException | RuntimeException e) {
            throw new CustomChangeException(e.getMessage(), e);
        }
    }

    private void run(Database database) throws LiquibaseException {
        BackfillSettings settings = BackfillSettings.current();
        if (settings.mode() == Mode.SKIP) {
            confirmation = "Backfill %s skipped: liquibase.backfill.mode is skip.".formatted(names());
            Scope.getCurrentScope().getUI().sendMessage(confirmation);
            return;
        }
        try {
            long inserted = run(JdbcAccess.required(database), settings).stream()
                    .mapToLong(result -> result.counts().inserted())
                    .sum();
            confirmation = "Backfill %s: %,d rows inserted".formatted(names(), inserted);
            addRowsAffected(inserted);
        } catch (LiquibaseException | RuntimeException e) {
            if (settings.onFailure() == OnFailure.FAIL) {
                throw e;
            }
            report(e);
        }
    }

    private String names() {
        return definitions().stream().map(BackfillDefinition::name).collect(Collectors.joining(", "));
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
            definitions();
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
