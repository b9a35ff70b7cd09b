package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import java.util.Optional;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;

/** One run of one backfill: claim → passes over what is missing → the checkpoint's end. */
final class BackfillRun {
    private final RunContext run;
    private final String name;

    BackfillRun(RunContext run) {
        this.run = run;
        this.name = run.definition().name();
    }

    /** Ends with a result, or with the exception of what failed. */
    BackfillResult run(String owner) throws SQLException {
        ClaimedCheckpoint checkpoint;
        try {
            run.steps().take("the creation of the checkpoint table", () -> run.checkpoints()
                    .createTableIfAbsent(name));
            checkpoint = run.checkpoints().of(new Claiming(run).claim(owner));
        } catch (LeftToOther left) {
            return result(Outcome.LEFT_TO_OTHER, Optional.empty(), Optional.of(Reason.of(left)));
        } catch (RunStopped stopped) {
            return stopped(Optional.empty(), Reason.of(stopped));
        }
        var passes = new Passes(run, checkpoint);
        try {
            return work(passes, checkpoint);
        } catch (ClaimLostException lost) {
            return result(Outcome.TAKEN_OVER, passes.parity(), Optional.of(Reason.of(lost)));
        } catch (SQLException | RuntimeException failure) {
            markFailed(checkpoint, failure);
            throw failure;
        }
    }

    private BackfillResult work(Passes passes, ClaimedCheckpoint checkpoint) throws SQLException {
        try {
            Outcome outcome = passes.run();
            run.steps()
                    .take(
                            "the end of the checkpoint",
                            () -> checkpoint.end(CheckpointState.COMPLETE, Optional.empty()));
            return result(outcome, passes.parity(), Optional.empty());
        } catch (RunStopped stopped) {
            return stopped(passes.parity(), Reason.of(stopped) + markStopped(checkpoint));
        }
    }

    /** Not repeated: the run has no time left. A checkpoint that stays open keeps the next runner waiting, no more. */
    private String markStopped(ClaimedCheckpoint checkpoint) {
        try {
            checkpoint.end(CheckpointState.STOPPED, Optional.empty());
            return "";
        } catch (SQLException e) {
            return " (its checkpoint could not be closed, so that the next run waits for the lease: %s)"
                    .formatted(Reason.of(e));
        }
    }

    /** What fails here belongs to the failure that is on its way already. */
    private void markFailed(ClaimedCheckpoint checkpoint, Exception failure) {
        try {
            checkpoint.end(CheckpointState.FAILED, Optional.of(Reason.of(failure)));
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private BackfillResult stopped(Optional<Parity> parity, String reason) {
        return result(Outcome.STOPPED, parity, Optional.of(reason));
    }

    private BackfillResult result(Outcome outcome, Optional<Parity> parity, Optional<String> stopReason) {
        return run.tally().result(name, outcome, parity, run.pacing().elapsed(), stopReason);
    }
}
