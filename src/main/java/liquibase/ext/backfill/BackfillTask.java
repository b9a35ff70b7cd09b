package liquibase.ext.backfill;

import liquibase.change.custom.CustomTaskChange;
import liquibase.change.custom.CustomTaskRollback;
import liquibase.database.Database;
import liquibase.exception.CustomChangeException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationErrors;
import liquibase.ext.backfill.engine.Reason;
import liquibase.resource.ResourceAccessor;

/** What Liquibase wants of a {@code customChange}, for every backfill that is one. */
abstract class BackfillTask implements CustomTaskChange, CustomTaskRollback {
    private String confirmation = "";

    abstract ChangelogBackfill backfill();

    /** Called by dry runs too. */
    @Override
    public final void execute(Database database) throws CustomChangeException {
        try {
            if (ChangelogBackfill.isDryRun(database)) {
                backfill().print(database);
            } else {
                confirmation = backfill().run(database);
            }
        } catch (LiquibaseException | RuntimeException e) {
            throw new CustomChangeException(Reason.whole(e), e);
        }
    }

    /** Leaves the rows: they are true, and the application may rely on them. */
    @Override
    public final void rollback(Database database) {}

    @Override
    public final ValidationErrors validate(Database database) {
        try {
            return backfill().validate(database);
        } catch (RuntimeException e) {
            return new ValidationErrors().addError(Reason.whole(e));
        }
    }

    @Override
    public final String getConfirmationMessage() {
        return confirmation;
    }

    @Override
    public final void setUp() {}

    @Override
    public final void setFileOpener(ResourceAccessor resourceAccessor) {}
}
