package liquibase.ext.backfill.commands;

/** How a command ends that has something to say. 1 is Liquibase's for every failure. */
final class ExitCode {
    /** What Liquibase's own commands end with when they fail. */
    static final int FAILED = 1;

    /** {@code backfill-status}: the parity of a total backfill does not hold, or could not be looked at. */
    static final int PARITY_BROKEN = 3;

    /** {@code backfill-verify}: rows are missing or double, or could not be looked at. */
    static final int VERIFICATION_FAILED = 4;

    /** {@code backfill-run}: stopped before it was done; a later run goes on there. */
    static final int STOPPED = 5;

    private ExitCode() {}
}
