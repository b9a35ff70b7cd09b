package liquibase.ext.backfill;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationErrors;
import liquibase.executor.Executor;
import liquibase.executor.ExecutorService;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.engine.Reason;
import liquibase.ext.backfill.engine.WhenBusy;
import liquibase.logging.mdc.MdcObject;

/** What the backfills of a changeset do when Liquibase comes to them: whether they run, and who hears how it went. */
final class ChangelogBackfill {
    private static final String ROWS_AFFECTED = "rowsAffected";

    private final List<BackfillDefinition> definitions;
    private final BackfillWork work;

    private ChangelogBackfill(List<BackfillDefinition> definitions, BackfillWork work) {
        this.definitions = definitions;
        this.work = work;
    }

    /** One backfill, chunk by chunk. */
    static ChangelogBackfill chunked(BackfillDefinition definition) {
        return new ChangelogBackfill(List.of(definition), new ChunkedWork(definition));
    }

    /** Several backfills in one transaction. */
    static ChangelogBackfill allOrNothing(List<BackfillDefinition> definitions) {
        return new ChangelogBackfill(definitions, new AllOrNothingWork(definitions));
    }

    /** Whether Liquibase writes to the database just now; {@code update-sql} and its like only print. */
    static boolean isDryRun(Database database) {
        return !executor(database).updatesDatabase();
    }

    /** Prints what {@link #run} would do. Writes nothing. */
    void print(Database database) throws DatabaseException {
        if (BackfillSettings.currentMode() == Mode.SKIP) {
            executor(database).comment(skipped());
            return;
        }
        for (BackfillDefinition definition : definitions) {
            new DryRun(definition, database, executor(database)).print();
        }
    }

    /**
     * Does the work, unless backfills are switched off.
     *
     * @return how it ended, for Liquibase's log: short and without numbers, because Maven and Spring show what was said
     *     about the run next to it
     */
    String run(Database database) throws LiquibaseException {
        BackfillSettings settings = BackfillSettings.current();
        if (settings.mode() == Mode.SKIP) {
            Scope.getCurrentScope().getUI().sendMessage(skipped());
            return ended("skipped");
        }
        try (MdcObject named = BackfillMdc.named(names())) {
            return run(database, settings);
        }
    }

    private String run(Database database, BackfillSettings settings) throws LiquibaseException {
        try {
            JdbcAccess access = JdbcAccess.required(database);
            // Whoever waits here keeps others waiting for the changelog lock.
            List<BackfillResult> results =
                    work.run(access, settings.when(WhenBusy.LEAVE), access::lockGranted, BackfillListener.NONE);
            results.forEach(ChangelogBackfill::warnOfRefusedRows);
            results.forEach(ChangelogBackfill::warnOfWhatIsLeft);
            addRowsAffected(results.stream()
                    .mapToLong(result -> result.counts().inserted())
                    .sum());
            return ended(how(results));
        } catch (LiquibaseException | RuntimeException e) {
            if (settings.onFailure() == OnFailure.FAIL) {
                throw e;
            }
            report(e);
            return ended("failed");
        }
    }

    private static String how(List<BackfillResult> results) {
        Set<Outcome> outcomes = results.stream().map(BackfillResult::outcome).collect(Collectors.toSet());
        if (outcomes.contains(Outcome.LEFT_TO_OTHER) || outcomes.contains(Outcome.TAKEN_OVER)) {
            return "left to another runner";
        }
        return outcomes.contains(Outcome.STOPPED) ? "stopped" : "executed";
    }

    /** In the log too: whoever runs updates unattended, or with -q, reads nothing else. */
    private static void warnOfRefusedRows(BackfillResult result) {
        if (result.counts().refused() > 0) {
            Scope.getCurrentScope()
                    .getLog(ChangelogBackfill.class)
                    .warning("Backfill %s: %s".formatted(result.name(), ProgressReport.refusedRows(result)));
        }
    }

    /** Does the work at once, for somebody who holds no changelog lock; its time box began at the moment given. */
    List<BackfillResult> runWithoutLock(
            Database database, BackfillSettings settings, Instant began, BackfillListener listener)
            throws DatabaseException {
        JdbcAccess access = JdbcAccess.required(database);
        try (MdcObject named = BackfillMdc.named(names())) {
            List<BackfillResult> results = work.run(access, settings, connection -> began, listener);
            results.forEach(ChangelogBackfill::warnOfRefusedRows);
            return results;
        }
    }

    List<BackfillDefinition> definitions() {
        return definitions;
    }

    private static void warnOfWhatIsLeft(BackfillResult result) {
        result.stopReason().ifPresent(reason -> Scope.getCurrentScope()
                .getLog(ChangelogBackfill.class)
                .warning(
                        result.outcome() == Outcome.LEFT_TO_OTHER
                                ? "Backfill %s is not complete: this update left it to another runner, because %s. The next update looks at it again."
                                        .formatted(result.name(), reason)
                                : "Backfill %s is not complete: it stopped because %s. The next update goes on there."
                                        .formatted(result.name(), reason)));
    }

    /** The changeset ends as if it had succeeded, so the failure must be heard here. */
    private void report(Exception failure) {
        ErrorMessage.send(
                Reason.sentence(failure) + " The update goes on, because liquibase.backfill.onFailure is report.",
                failure);
    }

    /**
     * What is wrong before anything runs, whatever the database holds by then. Liquibase tells no custom change its
     * changeset, but while it goes through a changelog the scope has both.
     */
    ValidationErrors validate(Database database) {
        var errors = new ValidationErrors();
        ChangeSet changeSet = Scope.getCurrentScope().get(Scope.Attr.changeSet, ChangeSet.class);
        if (changeSet != null) {
            ChangeSetRules.broken(changeSet, names()).forEach(errors::addError);
        }
        DatabaseChangeLog changelog =
                Scope.getCurrentScope().get(Scope.Attr.databaseChangeLog, DatabaseChangeLog.class);
        if (changelog != null) {
            SharedNames.broken(definitions, changelog, database).forEach(errors::addError);
        }
        try {
            if (BackfillSettings.current().mode() != Mode.SKIP) {
                JdbcAccess.requireSupported(database);
            }
        } catch (LiquibaseException | RuntimeException e) {
            errors.addError(Reason.whole(e));
        }
        return errors;
    }

    private String skipped() {
        return "Backfill %s skipped: %s.".formatted(names(), SwitchedOff.reason());
    }

    private String ended(String how) {
        return "Backfill %s %s".formatted(names(), how);
    }

    private String names() {
        return BackfillDefinition.names(definitions);
    }

    private static Executor executor(Database database) {
        return Scope.getCurrentScope().getSingleton(ExecutorService.class).getExecutor("jdbc", database);
    }

    /** Liquibase counts what its own statements change, for its summary; ours it does not see. */
    private static void addRowsAffected(long rows) {
        AtomicInteger total = Scope.getCurrentScope().get(ROWS_AFFECTED, AtomicInteger.class);
        if (total != null) {
            total.addAndGet((int) Math.min(rows, Integer.MAX_VALUE));
        }
    }
}
