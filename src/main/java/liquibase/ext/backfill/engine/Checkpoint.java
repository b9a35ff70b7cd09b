package liquibase.ext.backfill.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import liquibase.ext.backfill.definitions.BackfillDefinition;

/**
 * What is kept of a backfill from run to run.
 *
 * @param name the definition's name
 * @param fingerprint of the definition that it belongs to
 * @param state where it stands
 * @param owner the runner that claimed it last; empty if none ever did
 * @param version how often it was claimed
 * @param lease for how long its owner counts as alive without a sign of life, by the owner's own options; 0 if never claimed
 * @param keyReached the last key of the pass under way that is done with
 * @param upperBound the last key of the pass under way
 * @param counts what was done so far, over all runs of the pass under way and those before it
 * @param updated the moment of the last sign of life as the database spells it, to be compared with itself only
 * @param secondsSinceUpdate since the last sign of life, by the database's clock
 * @param secondsSinceStart since the first claim that these counts belong to, by the database's clock; 0 if never claimed
 * @param lastError what it failed of last
 */
public record Checkpoint(
        String name,
        String fingerprint,
        CheckpointState state,
        Optional<String> owner,
        long version,
        Duration lease,
        Optional<String> keyReached,
        Optional<String> upperBound,
        Counts counts,
        String updated,
        double secondsSinceUpdate,
        double secondsSinceStart,
        Optional<String> lastError) {

    /**
     * What was done.
     *
     * @param scanned source rows looked at
     * @param inserted target rows written
     * @param refused source rows whose value the database refused
     * @param chunks transactions committed
     * @param retries chunks repeated after a transient failure
     */
    public record Counts(long scanned, long inserted, long refused, long chunks, long retries) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);
    }

    /** Whether its runner is at work, as far as its last sign of life tells. */
    public boolean isHeld() {
        return state == CheckpointState.RUNNING && secondsSinceUpdate < lease.toMillis() / 1000.0;
    }

    /**
     * Whether its last sign of life lies in the future, because the database's clock was set back since, or another host's
     * was ahead. By the clock its lease would end when that moment has come and gone, which may be never; so who wants to
     * claim it watches it instead: one that stays as it is for its whole lease is dead.
     */
    public boolean isFromTheFuture() {
        return secondsSinceUpdate < 0;
    }

    /** Whether its runner has given a sign of life since an earlier look at it, or another has claimed it meanwhile. */
    boolean hasMovedSince(Checkpoint earlier) {
        return version != earlier.version || !Objects.equals(updated, earlier.updated);
    }

    /** Who is at work at it, or was. */
    String runner() {
        return owner.orElse("another runner");
    }

    /** Whether it was kept for this very definition, and not for another one of that name. */
    boolean belongsTo(BackfillDefinition definition) {
        return fingerprint.equals(definition.fingerprint());
    }

    /** Whether a run of a definition goes on with what an earlier one began, or starts over. */
    boolean resumes(BackfillDefinition definition) {
        return belongsTo(definition) && state.resumes();
    }

    /** What is left of the last pass; empty if it had not begun. */
    Optional<KeyRange> unfinished() {
        return keyReached.isEmpty() || upperBound.isEmpty()
                ? Optional.empty()
                : Optional.of(KeyRange.after(keyReached.get(), upperBound.get()));
    }
}
