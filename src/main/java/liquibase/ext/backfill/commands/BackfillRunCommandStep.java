package liquibase.ext.backfill.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import liquibase.command.AbstractCommandStep;
import liquibase.command.CommandBuilder;
import liquibase.command.CommandDefinition;
import liquibase.command.CommandResultsBuilder;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.ext.backfill.ChangelogBackfills;
import liquibase.ext.backfill.engine.BackfillResult;

/**
 * {@code backfill-run}: does the work of the backfills of a changelog without the changelog lock, so that however long
 * it takes, nobody else's update has to wait for it.
 */
public final class BackfillRunCommandStep extends AbstractCommandStep {
    private static final String[] NAME = {"backfillRun"};
    private static final ChangelogArguments CHANGELOG;
    private static final BackfillArgument BACKFILL;

    static {
        var builder = new CommandBuilder(NAME);
        CHANGELOG = new ChangelogArguments(builder);
        BACKFILL = new BackfillArgument(builder);
    }

    @Override
    public String[][] defineCommandNames() {
        return new String[][] {NAME};
    }

    @Override
    public void adjustCommandDefinition(CommandDefinition commandDefinition) {
        commandDefinition.setShortDescription(
                "Run the backfills of the changelog without holding the changelog lock; exit code 5 where one stopped "
                        + "before it was done");
    }

    @Override
    public List<Class<?>> requiredDependencies() {
        return List.of(Database.class);
    }

    @Override
    public void run(CommandResultsBuilder results) throws Exception {
        CommandScope scope = results.getCommandScope();
        ChangelogBackfills backfills = CHANGELOG.read(scope);
        Predicate<String> chosen = BACKFILL.chosen(scope, backfills);
        List<BackfillResult> ended = new ArrayList<>();
        try (var termination = CleanTermination.ofCurrentThread()) {
            try {
                backfills.run(chosen, ended::add);
            } finally {
                Output.write(results, new RunReport(ended).toTable());
            }
        }
        if (backfills.definitions().isEmpty()) {
            Output.write(results, Output.NO_BACKFILL);
        }
        var report = new RunReport(ended);
        if (report.stopped()) {
            throw results.commandFailed(report.verdict(), ExitCode.STOPPED, true);
        }
    }
}
