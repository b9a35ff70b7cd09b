package liquibase.ext.backfill.engine;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import liquibase.ext.backfill.definitions.BackfillDefinition;

/**
 * Where a backfill stands.
 *
 * @param definition the backfill
 * @param checkpoint what its runs left; empty if it never ran
 * @param parity how its source and its target compare; empty for a partial definition, by which parity is not judged
 * @param missing the rows that a run would insert; empty if that could not be found out
 * @param left the source rows that the pass under way has not looked at; empty if there is none to go on with
 * @param problem why the tables could not be looked at, as complete sentences; empty if they could
 */
public record BackfillStatus(
        BackfillDefinition definition,
        Optional<Checkpoint> checkpoint,
        Optional<Parity> parity,
        OptionalLong missing,
        OptionalLong left,
        Optional<String> problem) {
    /** {@code NEW} if it never ran. */
    public CheckpointState state() {
        return checkpoint.map(Checkpoint::state).orElse(CheckpointState.NEW);
    }

    /** Whether parity is judged by it and does not hold. What cannot be compared is not in parity. */
    public boolean isBroken() {
        return definition.isTotal() && !parity.map(Parity::holds).orElse(false);
    }

    /** Whether the checkpoint belongs to another definition of that name: then the next run starts over. */
    public boolean isRedefined() {
        return checkpoint.map(kept -> !kept.belongsTo(definition)).orElse(false);
    }

    /** The part of its source that was looked at, 0 to 100; empty where no pass tells. */
    public OptionalDouble percent() {
        if (state() == CheckpointState.COMPLETE && !isRedefined()) {
            return OptionalDouble.of(100);
        }
        if (left.isEmpty()) {
            return OptionalDouble.empty();
        }
        long scanned = checkpoint.get().counts().scanned();
        long all = scanned + left.getAsLong();
        return OptionalDouble.of(all == 0 ? 0 : 100.0 * scanned / all);
    }

    /** The source rows looked at per second since it was begun, its breaks included; empty if it looked at none. */
    public OptionalDouble rowsPerSecond() {
        if (checkpoint.isEmpty() || checkpoint.get().counts().scanned() == 0) {
            return OptionalDouble.empty();
        }
        double seconds = checkpoint.get().secondsSinceStart() - checkpoint.get().secondsSinceUpdate();
        return OptionalDouble.of(checkpoint.get().counts().scanned() / Math.max(0.001, seconds));
    }
}
