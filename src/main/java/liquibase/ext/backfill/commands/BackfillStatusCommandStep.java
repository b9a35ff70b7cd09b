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
import liquibase.ext.backfill.engine.BackfillStatus;

/** {@code backfill-status}: where every backfill of a changelog stands. Reads only. */
public final class BackfillStatusCommandStep extends AbstractCommandStep {
    private static final String[] NAME = {"backfillStatus"};
    private static final ChangelogArguments CHANGELOG;
    private static final BackfillArgument BACKFILL;
    private static final CommandArgumentDefinition<String> FORMAT;

    static {
        var builder = new CommandBuilder(NAME);
        CHANGELOG = new ChangelogArguments(builder);
        BACKFILL = new BackfillArgument(builder);
        FORMAT = ReportFormat.argument(builder);
    }

    @Override
    public String[][] defineCommandNames() {
        return new String[][] {NAME};
    }

    @Override
    public void adjustCommandDefinition(CommandDefinition commandDefinition) {
        commandDefinition.setShortDescription(
                "Show where the backfills of the changelog stand; exit code 3 where parity does not hold");
    }

    @Override
    public List<Class<?>> requiredDependencies() {
        return List.of(Database.class);
    }

    @Override
    public void run(CommandResultsBuilder results) throws Exception {
        CommandScope scope = results.getCommandScope();
        ReportFormat format = ReportFormat.of(scope.getArgumentValue(FORMAT));
        ChangelogBackfills backfills = CHANGELOG.read(scope);
        var report = new StatusReport(statuses(backfills, BACKFILL.chosen(scope, backfills)));
        Output.write(results, format.choose(report::toTable, report::toJson));
        if (!report.holds()) {
            throw results.commandFailed(report.verdict(), ExitCode.PARITY_BROKEN, true);
        }
    }

    private static List<BackfillStatus> statuses(ChangelogBackfills backfills, Predicate<String> chosen)
            throws Exception {
        List<BackfillStatus> statuses = new ArrayList<>();
        for (BackfillDefinition definition : backfills.definitions()) {
            if (chosen.test(definition.name())) {
                statuses.add(backfills.inspect(inspection -> inspection.status(definition)));
            }
        }
        return statuses;
    }
}
