package liquibase.ext.backfill;

import java.util.ArrayList;
import java.util.List;
import liquibase.changelog.ChangeSet;
import liquibase.precondition.core.PreconditionContainer;
import liquibase.precondition.core.PreconditionContainer.ErrorOption;
import liquibase.precondition.core.PreconditionContainer.FailOption;

/** What a changeset must be for the backfill in it to do its work, and to do it again when rows are missing again. */
final class ChangeSetRules {
    private ChangeSetRules() {}

    /** What is wrong, each with its mend; empty if nothing is. */
    static List<String> broken(ChangeSet changeSet, String backfill) {
        List<String> broken = new ArrayList<>();
        if (changeSet.isRunInTransaction()) {
            broken.add(("backfill %s is in a changeset with runInTransaction: true: set it to false, because a "
                            + "backfill commits by itself")
                    .formatted(backfill));
        }
        if (!changeSet.isAlwaysRun()) {
            broken.add(("backfill %s is in a changeset without runAlways: true: set it, because a backfill that is "
                            + "stopped, skipped or reported as failed would be recorded as done and never run again")
                    .formatted(backfill));
        }
        PreconditionContainer guard = changeSet.getPreconditions();
        if (guard != null && guard.getOnFail() == FailOption.MARK_RAN) {
            broken.add(("backfill %s has a guard with onFail: MARK_RAN: it would be off for ever the first time the "
                            + "guard fails, which is at once on an empty database; use onFail: CONTINUE")
                    .formatted(backfill));
        }
        if (guard != null && guard.getOnError() == ErrorOption.MARK_RAN) {
            broken.add(("backfill %s has a guard with onError: MARK_RAN: it would be off for ever the first time the "
                            + "guard cannot be evaluated; use onError: WARN, and the backfill says what is wrong")
                    .formatted(backfill));
        }
        return broken;
    }
}
