package liquibase.ext.backfill;

import java.util.Arrays;
import java.util.Locale;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.ChangeExecListener;
import liquibase.database.Database;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.exception.ValidationErrors;
import liquibase.exception.Warnings;
import liquibase.precondition.AbstractPrecondition;

/**
 * {@code backfillMode: {is: skip}} holds while {@code liquibase.backfill.mode} has that value. A changeset that is left
 * out by a precondition is not recorded; one whose task returns early would be.
 */
public final class BackfillModePrecondition extends AbstractPrecondition {
    private String is = "";

    public String getIs() {
        return is;
    }

    public void setIs(String is) {
        this.is = is;
    }

    @Override
    public String getName() {
        return "backfillMode";
    }

    @Override
    public String getSerializedObjectNamespace() {
        return GENERIC_CHANGELOG_EXTENSION_NAMESPACE;
    }

    @Override
    public Warnings warn(Database database) {
        return new Warnings();
    }

    @Override
    public ValidationErrors validate(Database database) {
        var errors = new ValidationErrors();
        boolean known =
                Arrays.stream(Mode.values()).anyMatch(mode -> mode.name().equalsIgnoreCase(is));
        if (!known) {
            errors.addError("backfillMode has is: \"%s\": use auto, skip or force".formatted(is));
        }
        return errors;
    }

    @Override
    public void check(
            Database database, DatabaseChangeLog changeLog, ChangeSet changeSet, ChangeExecListener changeExecListener)
            throws PreconditionFailedException, PreconditionErrorException {
        Mode mode;
        try {
            mode = BackfillSettings.currentMode();
        } catch (IllegalArgumentException e) {
            throw new PreconditionErrorException(e, changeLog, this);
        }
        if (mode != Mode.valueOf(is.toUpperCase(Locale.ROOT))) {
            throw new PreconditionFailedException(
                    "liquibase.backfill.mode is " + mode.name().toLowerCase(Locale.ROOT), changeLog, this);
        }
        if (mode == Mode.SKIP) {
            Scope.getCurrentScope()
                    .getUI()
                    .sendMessage("Backfill of changeset %s skipped: liquibase.backfill.mode is skip."
                            .formatted(changeSet.getId()));
        }
    }

    @Override
    public String toString() {
        return "backfillMode is " + is;
    }
}
