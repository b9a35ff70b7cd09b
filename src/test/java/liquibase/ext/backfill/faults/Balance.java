package liquibase.ext.backfill.faults;

/**
 * A table of annotations against what every run is owed.
 *
 * @param runs how many runs there are
 * @param lost how many of their annotations are missing, or hold what the run never had
 * @param doubled how many annotations are there a second time, or for a run that is not
 */
public record Balance(long runs, long lost, long doubled) {
    static final Balance NONE = new Balance(0, 0, 0);

    Balance plus(Balance other) {
        return new Balance(runs + other.runs, lost + other.lost, doubled + other.doubled);
    }
}
