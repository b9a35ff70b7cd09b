package liquibase.ext.backfill.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import liquibase.command.AbstractCommandStep;
import liquibase.command.CommandArgumentDefinition;
import liquibase.command.CommandBuilder;
import liquibase.command.CommandDefinition;
import liquibase.command.CommandResultsBuilder;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.ext.backfill.ChangelogBackfills;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillResult;

/**
 * {@code backfill-run}: does the work of the backfills of a changelog without the changelog lock, so that however long
 * it takes, nobody else's update has to wait for it.
 */
public final class BackfillRunCommandStep extends AbstractCommandStep {
    private static final String[] NAME = {"backfillRun"};
    private static final ChangelogArguments CHANGELOG;
    private static final CommandArgumentDefinition<String> BACKFILL;

    static {
        var builder = new CommandBuilder(NAME);
        CHANGELOG = new ChangelogArguments(builder);
        BACKFILL = builder.argument("backfill", String.class)
                .description("The name of the one backfill to run; all of the changelog if it is not given")
                .build();
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
        Predicate<String> chosen = chosen(scope.getArgumentValue(BACKFILL), backfills);
        List<BackfillResult> ended = new ArrayList<>();
        try (var termination = CleanTermination.ofCurrentThread()) {
            try {
                backfills.run(chosen, ended::add);
            } finally {
                Output.write(results, new RunReport(ended).toTable());
            }
        }
        var report = new RunReport(ended);
        if (report.stopped()) {
            throw results.commandFailed(report.verdict(), ExitCode.STOPPED, true);
        }
    }

    private static Predicate<String> chosen(String name, ChangelogBackfills backfills) {
        if (name == null) {
            return any -> true;
        }
        List<String> known =
                backfills.definitions().stream().map(BackfillDefinition::name).toList();
        if (!known.contains(name)) {
            throw new IllegalArgumentException("the changelog has no backfill \"%s\": %s"
                    .formatted(name, known.isEmpty() ? "it has none" : "use one of " + String.join(", ", known)));
        }
        return name::equals;
    }
}
