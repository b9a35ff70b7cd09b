package liquibase.ext.backfill.startup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.database.Database;
import liquibase.ext.backfill.ChangelogBackfills;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.WhenBusy;
import liquibase.logging.Logger;
import liquibase.logging.mdc.MdcObject;

/** The backfills of one start: each in its turn, and what became of it. */
final class StartupWork {
    /** The key under which the summary's log line has the report as JSON. */
    static final String MDC_REPORT = "backfillReport";

    private final DataSource dataSource;
    private final ApplicationChangelog changelog;
    private final WhenBusy busy;
    private final Optional<Duration> timeBox;
    private final BackfillListener listener;
    private final boolean fail;
    private final List<BackfillReport> reports = new ArrayList<>();
    private final List<String> withoutTurn = new ArrayList<>();
    private final long begin = System.nanoTime();

    StartupWork(
            DataSource dataSource,
            ApplicationChangelog changelog,
            WhenBusy busy,
            Optional<Duration> timeBox,
            BackfillListener listener,
            boolean fail) {
        this.dataSource = dataSource;
        this.changelog = changelog;
        this.busy = busy;
        this.timeBox = timeBox;
        this.listener = listener;
        this.fail = fail;
    }

    /**
     * Does the work and says how it went.
     *
     * @throws BackfillsFailedException if something failed and this is to be heard
     */
    StartupReport finish() throws BackfillsFailedException {
        Optional<String> problem = attempt(database -> workThrough(changelog.backfills(database)));
        StartupReport report = ended(problem);
        if (fail && report.failed()) {
            throw new BackfillsFailedException(report);
        }
        return report;
    }

    /** Names what would have been done. */
    StartupReport skip(String reason) {
        Optional<String> problem = attempt(database -> changelog
                .backfills(database)
                .definitions()
                .forEach(definition -> reports.add(BackfillReport.skipped(definition.name(), reason))));
        return ended(problem);
    }

    private interface Work {
        void with(Database database) throws Exception;
    }

    /** What fails outside of a backfill, a pool that gives no connection say, is no reason not to start either. */
    private Optional<String> attempt(Work work) {
        try {
            changelog.on(dataSource, database -> {
                work.with(database);
                return database;
            });
            return Optional.empty();
        } catch (Exception e) {
            log().severe("The backfills of this start could not be gone through: " + e.getMessage(), e);
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void workThrough(ChangelogBackfills backfills) {
        List<BackfillDefinition> all = backfills.definitions();
        var heard = new LastFailure();
        for (ChangelogBackfills.Step step :
                backfills.steps(busy, timeBox, BackfillListener.all(List.of(heard, listener)))) {
            if (!mayBegin()) {
                break;
            }
            run(step, heard);
        }
        all.stream()
                .map(BackfillDefinition::name)
                .filter(name ->
                        reports.stream().noneMatch(report -> report.name().equals(name)))
                .forEach(withoutTurn::add);
    }

    /** Whoever works at one goes on to the next: to begin there beside it would double the load on the database. */
    private boolean mayBegin() {
        boolean inTime = timeBox.isEmpty() || elapsed().compareTo(timeBox.get()) < 0;
        return inTime
                && !Thread.currentThread().isInterrupted()
                && reports.stream().noneMatch(BackfillReport::leftToOther);
    }

    private void run(ChangelogBackfills.Step step, LastFailure heard) {
        long startedAt = System.nanoTime();
        try {
            for (BackfillResult result : step.run()) {
                reports.add(BackfillReport.of(result));
            }
        } catch (Exception e) {
            log().severe(
                            e.getMessage()
                                    + (fail ? "" : " The service starts without it; the next start tries again."),
                            e);
            Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
            for (String name : step.names()) {
                reports.add(BackfillReport.failed(name, String.valueOf(e.getMessage()), heard.of(name), took));
            }
        }
    }

    private StartupReport ended(Optional<String> problem) {
        var report = new StartupReport(reports, withoutTurn, problem, elapsed());
        try (MdcObject json = Scope.getCurrentScope().addMdcValue(MDC_REPORT, report.toJson())) {
            if (report.failed() || !report.withoutTurn().isEmpty()) {
                log().warning(report.summary());
            } else {
                log().info(report.summary());
            }
        }
        return report;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Logger log() {
        return Scope.getCurrentScope().getLog(ServiceStartup.class);
    }
}
