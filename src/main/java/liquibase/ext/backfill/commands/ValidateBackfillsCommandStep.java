package liquibase.ext.backfill.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.command.AbstractCommandStep;
import liquibase.command.CommandDefinition;
import liquibase.command.CommandResultsBuilder;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;
import liquibase.ext.backfill.ChangelogBackfills;
import liquibase.ext.backfill.ChosenChangeSets;
import liquibase.ext.backfill.ErrorMessage;

/**
 * Joins Liquibase's own {@code validate}: whether the database has what the backfills of the changelog need.
 *
 * <p>No part of the validation that every command begins with: a rollback, or an update with failures reported, must not
 * be refused because of a backfill that it would not run.
 */
public final class ValidateBackfillsCommandStep extends AbstractCommandStep {
    private static final String[] NAME = {"validate"};

    @Override
    public String[][] defineCommandNames() {
        return new String[][] {NAME};
    }

    @Override
    public void adjustCommandDefinition(CommandDefinition commandDefinition) {}

    @Override
    public List<Class<?>> requiredDependencies() {
        return List.of(Database.class, DatabaseChangeLog.class);
    }

    @Override
    public void run(CommandResultsBuilder results) throws Exception {
        CommandScope scope = results.getCommandScope();
        Database database = (Database) scope.getDependency(Database.class);
        DatabaseChangeLog changelog = (DatabaseChangeLog) scope.getDependency(DatabaseChangeLog.class);
        Predicate<ChangeSet> chosen = ChosenChangeSets.by(changelog.getChangeLogParameters(), database);
        List<ChangeSet> settled = beforeFirstPending(changelog, database, chosen);
        List<String> lasting = obstacles(changelog, database, chosen.and(settled::contains));
        List<String> passing = obstacles(changelog, database, chosen.and(changeSet -> !settled.contains(changeSet)));
        passing.forEach(obstacle -> Scope.getCurrentScope()
                .getUI()
                .sendMessage("As the database is now, before changesets that have not run yet: " + obstacle));
        if (ChangelogBackfills.failuresAreReported()) {
            lasting.forEach(ValidateBackfillsCommandStep::report);
        } else if (!lasting.isEmpty()) {
            String verdict = "Validation failed: " + String.join(System.lineSeparator(), lasting);
            throw results.commandFailed(verdict, ExitCode.FAILED, true);
        }
    }

    private static List<String> obstacles(DatabaseChangeLog changelog, Database database, Predicate<ChangeSet> chosen)
            throws LiquibaseException {
        return ChangelogBackfills.of(changelog, database, chosen).obstacles();
    }

    /** A framework may validate before each start, and whoever asks for reports wants the service to start. */
    private static void report(String obstacle) {
        ErrorMessage.send(obstacle + " The validation goes on, because liquibase.backfill.onFailure is report.");
    }

    /** Backfills run always; any other changeset that has not run may bring what a backfill after it lacks. */
    private static List<ChangeSet> beforeFirstPending(
            DatabaseChangeLog changelog, Database database, Predicate<ChangeSet> chosen) throws LiquibaseException {
        List<ChangeSet> before = new ArrayList<>();
        for (ChangeSet changeSet : changelog.getChangeSets()) {
            if (chosen.test(changeSet) && !changeSet.isAlwaysRun() && database.getRanChangeSet(changeSet) == null) {
                break;
            }
            before.add(changeSet);
        }
        return before;
    }
}
