package liquibase.ext.backfill;

import liquibase.Scope;
import liquibase.logging.mdc.MdcObject;

/** What stands beside the log lines of a backfill, for whoever has a logger that shows it. */
public final class BackfillMdc {
    /** The name of the backfill, or of several with commas between. */
    private static final String NAME = "backfillName";

    private BackfillMdc() {}

    /** Puts a name beside the lines of this thread, until it is closed. */
    public static MdcObject named(String name) {
        return Scope.getCurrentScope().addMdcValue(NAME, name);
    }
}
