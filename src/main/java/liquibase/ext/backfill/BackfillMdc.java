package liquibase.ext.backfill;

import liquibase.Scope;
import liquibase.exception.DatabaseException;
import liquibase.logging.mdc.MdcObject;

/** What stands beside the log lines of a backfill, for whoever has a logger that shows it. */
final class BackfillMdc {
    /** The name of the backfill, or of several with commas between. */
    static final String NAME = "backfillName";

    private BackfillMdc() {}

    /** What is done in the name of a backfill. */
    interface Work<T> {
        T done() throws DatabaseException;
    }

    static <T> T named(String name, Work<T> work) throws DatabaseException {
        try (MdcObject named = Scope.getCurrentScope().addMdcValue(NAME, name)) {
            return work.done();
        }
    }
}
