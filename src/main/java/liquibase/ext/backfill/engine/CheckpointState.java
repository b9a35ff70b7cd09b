package liquibase.ext.backfill.engine;

import java.util.EnumSet;
import java.util.Set;

/** Where a backfill stands. What may follow what stands in {@link #next()}. */
public enum CheckpointState {
    /** Never run. */
    NEW,
    /** A runner is at work, or died at it: its lease tells. */
    RUNNING,
    /** Ended at a chunk's end before it was done: the time box, an interruption. */
    STOPPED,
    /** Ended with an error. What its chunks wrote is kept. */
    FAILED,
    /** Scanned to its end and, if it is total, found in parity. */
    COMPLETE;

    /** The states that may follow. A claim leads from each to {@code RUNNING}; from a dead runner's too. */
    public Set<CheckpointState> next() {
        return this == RUNNING ? EnumSet.of(RUNNING, STOPPED, FAILED, COMPLETE) : EnumSet.of(RUNNING);
    }

    /** Whether a claim of it goes on with what an earlier one began. */
    boolean resumes() {
        return this == RUNNING || this == STOPPED || this == FAILED;
    }

    /**
     * The state that follows.
     *
     * @throws IllegalStateException if it may not
     */
    CheckpointState then(CheckpointState following) {
        if (!next().contains(following)) {
            throw new IllegalStateException(
                    "a checkpoint that is %s cannot become %s, only one of %s".formatted(this, following, next()));
        }
        return following;
    }
}
