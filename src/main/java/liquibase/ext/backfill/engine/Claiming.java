package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The way of one run to its claim, past another runner that is at work at the same backfill or died at it. */
final class Claiming {
    private static final Duration POLL = Duration.ofSeconds(1);
    /** Who means to leave looks more often: a runner at work gives a sign of life with every chunk. */
    private static final Duration POLL_TO_LEAVE = Duration.ofMillis(250);

    private final RunContext run;
    private final String name;
    private final boolean leaves;
    /** The other runner's checkpoint as it has stood since a moment of this process's own. */
    private @Nullable Checkpoint watched;

    private long watchedSince;

    Claiming(RunContext run) {
        this.run = run;
        this.name = run.definition().name();
        this.leaves = run.options().whenBusy() == WhenBusy.LEAVE;
    }

    /**
     * Claims the backfill, sooner or later.
     *
     * @throws RunStopped if the run is to stop before that
     * @throws LeftToOther if another runner is alive at it and the options say to leave it to that one
     */
    Claim claim(String owner) throws SQLException {
        while (true) {
            run.pacing().checkStop();
            var attempt = run.steps().take("the claim", () -> run.checkpoints()
                    .claim(run.definition(), owner, run.options().lease(), this::isSilentForItsLease));
            if (attempt.claim().isPresent()) {
                Claim claim = attempt.claim().get();
                claim.restarted().ifPresent(reason -> run.listener().restarted(name, reason));
                return claim;
            }
            Checkpoint other = attempt.busy().orElseThrow();
            boolean alive = hasMoved(other) || attempt.alive();
            if (leaves && other.state() == CheckpointState.RUNNING && alive) {
                throw new LeftToOther("%s is at work at it, %s".formatted(other.runner(), progress(other)));
            }
            await(other);
        }
    }

    /** Judged by what stands in its row, whose moments are the database's: the clocks of two machines never agree. */
    private boolean hasMoved(Checkpoint other) {
        boolean moved = watched != null && other.hasMovedSince(watched);
        if (watched == null || moved) {
            watched = other;
            watchedSince = run.time().nanoTime();
        }
        return moved;
    }

    /** Whether it has stood before this run's eyes for its whole lease, without a new sign of life. */
    private boolean isSilentForItsLease(Checkpoint other) {
        return watched != null
                && !other.hasMovedSince(watched)
                && run.time().nanoTime() - watchedSince >= other.lease().toNanos();
    }

    private static String progress(Checkpoint other) {
        return other.keyReached().isEmpty() || other.upperBound().isEmpty()
                ? "looking for what is missing"
                : String.format(
                        Locale.ROOT,
                        "at key %s of a pass up to %s, with %,d rows looked at and %,d inserted so far",
                        other.keyReached().get(),
                        other.upperBound().get(),
                        other.counts().scanned(),
                        other.counts().inserted());
    }

    private void await(Checkpoint other) throws SQLException {
        run.pacing()
                .pause(
                        "%s is at work at it, or died at it within the lease of %d s"
                                .formatted(other.runner(), other.lease().toSeconds()),
                        leaves ? POLL_TO_LEAVE : POLL,
                        Pacing.SignOfLife.NONE);
    }
}
