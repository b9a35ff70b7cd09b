package liquibase.ext.backfill.startup;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import liquibase.Scope;
import liquibase.ext.backfill.BackfillMdc;
import liquibase.ext.backfill.ChangelogBackfills.Step;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.Reason;
import liquibase.logging.Logger;
import liquibase.logging.mdc.MdcObject;

/**
 * One step of a start, on a connection of its own; again on another one when that is lost and there is time to wait. For a
 * connection it waits as long as there is none; but work that loses one after the other and gets no further is what costs them.
 */
final class StepAttempts {
    private static final int MOST_LOSSES = 6;

    private final ServiceDatabase database;
    private final Patience patience;
    private final BackfillListener listener;
    private final Kept kept;
    private final String whatNow;

    /**
     * The attempts of a start.
     *
     * @param kept hears the runs of the steps
     * @param whatNow a sentence for those who read that a step failed
     */
    StepAttempts(ServiceDatabase database, Patience patience, BackfillListener listener, Kept kept, String whatNow) {
        this.database = database;
        this.patience = patience;
        this.listener = BackfillListener.all(List.of(listener));
        this.kept = kept;
        this.whatNow = whatNow;
    }

    /** Does not fail: what fails is in the log and in a report. */
    List<BackfillReport> run(Step step) {
        Duration startedAt = patience.elapsed();
        long insertedBefore = 0;
        int losses = 0;
        for (int attempt = 1; ; attempt++) {
            Duration tookBefore = since(startedAt);
            try {
                return database.on(step::run).stream()
                        .map(result -> BackfillReport.of(result, kept.of(result.name()), tookBefore))
                        .toList();
            } catch (ConnectionLostException e) {
                long inserted = inserted(step);
                if (inserted > insertedBefore) {
                    insertedBefore = inserted;
                    attempt = 1;
                    losses = 0;
                }
                losses += e.isAtWork() ? 1 : 0;
                Optional<Duration> pause = losses < MOST_LOSSES ? patience.afterAttempt(attempt) : Optional.empty();
                if (pause.isPresent() && !Thread.currentThread().isInterrupted()) {
                    await(pause.get(), step, e);
                }
                if (Thread.currentThread().isInterrupted()) {
                    return stopped(step, e, since(startedAt));
                }
                if (pause.isEmpty()) {
                    return failed(step, e, since(startedAt));
                }
            } catch (Exception e) {
                return failed(step, e, since(startedAt));
            }
        }
    }

    private long inserted(Step step) {
        return step.names().stream().mapToLong(name -> kept.of(name).inserted()).sum();
    }

    private void await(Duration pause, Step step, ConnectionLostException lost) {
        try (MdcObject named = named(step)) {
            log().warning("%s It is tried again on another connection in %d s."
                    .formatted(lost.getMessage(), pause.toSeconds()));
        }
        step.names().forEach(name -> listener.waiting(name, "there is no connection", pause));
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<BackfillReport> stopped(Step step, Exception lost, Duration took) {
        String reason = "it was told to end, after this: " + Reason.of(lost);
        return step.names().stream()
                .map(name -> BackfillReport.stopped(name, reason, kept.of(name), took))
                .toList();
    }

    private List<BackfillReport> failed(Step step, Exception failure, Duration took) {
        String error = Reason.sentence(failure);
        try (MdcObject named = named(step)) {
            log().severe(error + whatNow, failure);
        }
        return step.names().stream()
                .map(name -> BackfillReport.failed(name, error, kept.of(name), took))
                .toList();
    }

    private Duration since(Duration startedAt) {
        return patience.elapsed().minus(startedAt);
    }

    private static MdcObject named(Step step) {
        return BackfillMdc.named(String.join(", ", step.names()));
    }

    private static Logger log() {
        return Scope.getCurrentScope().getLog(ServiceStartup.class);
    }
}
