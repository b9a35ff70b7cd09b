package liquibase.ext.backfill.startup;

import java.util.ArrayList;
import java.util.List;
import liquibase.Scope;
import liquibase.ext.backfill.ChangelogBackfills;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.startup.BackfillReport.Outcome;
import liquibase.logging.Logger;
import liquibase.logging.mdc.MdcObject;

/** The backfills of one start: each in its turn, and what became of it. */
final class StartupWork {
    /** The key under which the summary's log line has the report as JSON. */
    private static final String MDC_REPORT = "backfillReport";

    private final FoundBackfills found;
    private final Patience patience;
    private final BackfillListener listener;
    private final Kept kept = new Kept();
    private final boolean fail;
    private final StepAttempts attempts;
    private final List<BackfillReport> reports = new ArrayList<>();

    StartupWork(
            ServiceDatabase database,
            FoundBackfills found,
            Patience patience,
            BackfillListener listener,
            boolean fail) {
        this.found = found;
        this.patience = patience;
        this.listener = listener;
        this.fail = fail;
        this.attempts = new StepAttempts(
                database,
                patience,
                listener,
                kept,
                fail ? "" : " The service starts without it; the next start tries again.");
    }

    /**
     * Does the work and says how it went.
     *
     * @throws BackfillsFailedException if something failed and this is to be heard
     */
    StartupReport finish() throws BackfillsFailedException {
        found.backfills().ifPresent(this::workThrough);
        StartupReport report = ended();
        if (fail && report.failed()) {
            throw new BackfillsFailedException(report);
        }
        return report;
    }

    private void workThrough(ChangelogBackfills backfills) {
        BackfillListener all = BackfillListener.all(List.of(kept, listener));
        for (ChangelogBackfills.Step step : backfills.steps(patience.busy(), patience.timeBox(), all)) {
            if (mayBegin()) {
                reports.addAll(attempts.run(step));
            }
        }
    }

    /** Whoever works at one goes on to the next: to begin there beside it would double the load on the database. */
    private boolean mayBegin() {
        return !patience.isOver() && !Thread.currentThread().isInterrupted() && !anotherIsAtWork();
    }

    private boolean anotherIsAtWork() {
        return reports.stream().anyMatch(BackfillReport::leftToOther);
    }

    /** Nobody is at work at that one: a later start has to go on with it. */
    private boolean oneStoppedByItself() {
        return reports.stream().anyMatch(report -> report.outcome() == Outcome.STOPPED && !report.leftToOther());
    }

    /** Names what would have been done. */
    StartupReport skip(String reason) {
        found.names().forEach(name -> reports.add(BackfillReport.skipped(name, reason)));
        return ended();
    }

    private StartupReport ended() {
        List<String> withoutTurn = found.names().stream()
                .filter(name ->
                        reports.stream().noneMatch(report -> report.name().equals(name)))
                .toList();
        var report = new StartupReport(reports, withoutTurn, found.problem(), patience.elapsed());
        try (MdcObject json = Scope.getCurrentScope().addMdcValue(MDC_REPORT, report.toJson())) {
            Logger log = Scope.getCurrentScope().getLog(ServiceStartup.class);
            if (report.failed() || oneStoppedByItself() || (!report.complete() && !anotherIsAtWork())) {
                log.warning(report.summary());
            } else {
                log.info(report.summary());
            }
        }
        return report;
    }
}
