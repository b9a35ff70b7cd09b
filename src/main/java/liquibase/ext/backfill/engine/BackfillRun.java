package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import liquibase.ext.backfill.definitions.Coverage;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;

/** One run of one backfill: claim → passes over what is missing → proof of parity. */
final class BackfillRun {
    /** A total backfill that still finds rows missing after so many passes runs behind a writer that makes them. */
    private static final int MOST_PASSES = 20;

    private static final Duration CLAIM_POLL = Duration.ofSeconds(1);

    private final RunContext run;
    private final String name;
    private final ChunkSize size;
    private Optional<Parity> parity = Optional.empty();

    BackfillRun(RunContext run) {
        this.run = run;
        this.name = run.definition().name();
        this.size = ChunkSize.of(run.options());
    }

    /** Ends with a result, or with the exception of what failed. */
    BackfillResult run(String owner) throws SQLException {
        BackfillResult result = claimAndWork(owner);
        run.listener().ended(result);
        return result;
    }

    private BackfillResult claimAndWork(String owner) throws SQLException {
        Claim claim;
        try {
            claim = claim(owner);
        } catch (RunStopped stopped) {
            return result(Outcome.STOPPED, Optional.of(stopped.getMessage()));
        }
        try {
            Outcome outcome = work(claim);
            run.checkpoints().end(claim, CheckpointState.COMPLETE, null);
            return result(outcome, Optional.empty());
        } catch (RunStopped stopped) {
            run.checkpoints().end(claim, CheckpointState.STOPPED, null);
            return result(Outcome.STOPPED, Optional.of(stopped.getMessage()));
        } catch (ClaimLostException lost) {
            return result(Outcome.STOPPED, Optional.of(lost.getMessage()));
        } catch (SQLException | RuntimeException failure) {
            markFailed(claim, failure);
            throw failure;
        }
    }

    /** Waits for another runner as long as that one gives signs of life; what it leaves is done after it. */
    private Claim claim(String owner) throws SQLException {
        while (true) {
            run.pacing().checkStop();
            var attempt = run.checkpoints().claim(run.definition(), owner, run.options().lease());
            if (attempt.claim().isPresent()) {
                attempt.claim().get().restarted().ifPresent(reason -> run.listener().restarted(name, reason));
                return attempt.claim().get();
            }
            Checkpoint busy = attempt.busy().orElseThrow();
            run.pacing().pause("%s is at work at it".formatted(busy.owner()), CLAIM_POLL, () -> {});
        }
    }

    private Outcome work(Claim claim) throws SQLException {
        boolean worked = claim.unfinished().isPresent();
        if (worked) {
            run.listener().resumed(name, claim.unfinished().get());
            pass(claim, claim.unfinished().get());
        }
        for (int passes = 0; passes < MOST_PASSES; passes++) {
            if (worked && run.definition().coverage() == Coverage.PARTIAL) {
                return Outcome.COMPLETED;
            }
            Parity found = parity();
            if (found.holds()) {
                return worked ? Outcome.COMPLETED : Outcome.ALREADY_COMPLETE;
            }
            Optional<KeyRange> missing = missing(found);
            if (missing.isPresent()) {
                run.checkpoints().beginPass(claim, missing.get().high());
                pass(claim, missing.get());
                worked = true;
            }
        }
        throw new RunStopped(("after %d passes there are still new rows without their target row: a writer makes them "
                        + "faster than they are backfilled")
                .formatted(MOST_PASSES));
    }

    private Parity parity() throws SQLException {
        run.pacing().checkStop();
        Parity found = run.reads().parity();
        parity = Optional.of(found);
        return found;
    }

    /** The keys to go through. Where most rows are missing there is nothing to gain by looking for the first. */
    private Optional<KeyRange> missing(Parity found) throws SQLException {
        run.listener().compared(name, found);
        Optional<KeyRange> keys = run.reads().keys();
        return keys.isEmpty() || found.missing() > found.present()
                ? keys
                : run.reads().narrowed(keys.get());
    }

    /** Goes through a range chunk by chunk. Its upper bound is fixed, so it ends, whatever is inserted meanwhile. */
    private void pass(Claim claim, KeyRange range) throws SQLException {
        parity = Optional.empty();
        long rowsToScan = run.reads().rowsWithin(range);
        var writer = new ChunkWriter(run, size, claim);
        long startedAt = run.time().nanoTime();
        long scanned = 0;
        KeyRange rest = range;
        for (Optional<Chunk> next = next(claim, rest); next.isPresent(); next = next(claim, rest)) {
            Chunk chunk = next.get();
            writer.write(chunk);
            scanned += chunk.rows();
            rest = KeyRange.after(chunk.range().high(), range.high());
            run.listener()
                    .advanced(new BackfillListener.Progress(
                            name,
                            scanned,
                            Math.max(scanned, rowsToScan),
                            run.tally().inserted(),
                            Duration.ofNanos(run.time().nanoTime() - startedAt),
                            chunk.range().high()));
            run.pacing().betweenChunks(() -> run.checkpoints().renew(claim));
        }
    }

    private Optional<Chunk> next(Claim claim, KeyRange rest) throws SQLException {
        run.pacing().checkStop();
        run.pacing().throttle(run.connection(), () -> run.checkpoints().renew(claim));
        return run.reads().chunk(rest, size.rows());
    }

    /** What fails here belongs to the failure that is on its way already. */
    private void markFailed(Claim claim, Exception failure) {
        try {
            run.checkpoints().end(claim, CheckpointState.FAILED, failure.getMessage());
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private BackfillResult result(Outcome outcome, Optional<String> stopReason) {
        return new BackfillResult(
                name,
                outcome,
                parity,
                run.tally().counts(),
                run.tally().firstRefused(),
                run.pacing().elapsed(),
                stopReason);
    }
}
