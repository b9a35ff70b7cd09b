package liquibase.ext.backfill.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a run of one backfill ended, if it did not fail.
 *
 * @param name the backfill
 * @param outcome how it ended
 * @param parity what was found after the last write; empty if nobody looked
 * @param counts what this run did, without earlier ones
 * @param refused the first rows whose value the database refused; {@code counts} has the number of all
 * @param truncated how many of the rows that this run inserted have a value that was cut to its column's length
 * @param took from the first look to the end
 * @param stopReason why it stopped early or was left to another runner; empty if it ended by itself
 */
public record BackfillResult(
        String name,
        Outcome outcome,
        Optional<Parity> parity,
        Checkpoint.Counts counts,
        List<RefusedRow> refused,
        long truncated,
        Duration took,
        Optional<String> stopReason) {
    public BackfillResult {
        refused = List.copyOf(refused);
    }

    /** How a run ended. */
    public enum Outcome {
        /** Nothing was missing. */
        ALREADY_COMPLETE,
        /** A total backfill reached parity; a partial one scanned its range. */
        COMPLETED,
        /** It stopped between two chunks. A later run goes on there. */
        STOPPED,
        /**
         * Another runner took it over, because this one gave no sign of life for the time of its lease. What this one wrote is
         * kept, and the other goes on there.
         */
        TAKEN_OVER,
        /** Another runner is alive at it: nothing was done here. Only where {@link WhenBusy#LEAVE} is asked for. */
        LEFT_TO_OTHER
    }
}
