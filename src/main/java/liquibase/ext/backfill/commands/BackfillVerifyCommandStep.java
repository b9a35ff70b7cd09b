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
import liquibase.exception.DatabaseException;
import liquibase.ext.backfill.ChangelogBackfills;
import liquibase.ext.backfill.engine.BackfillException;

/** {@code backfill-verify}: looks at every row of every backfill of a changelog, value by value. Reads only. */
public final class BackfillVerifyCommandStep extends AbstractCommandStep {
    private static final String[] NAME = {"backfillVerify"};
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
                "Compare every row that the backfills of the changelog owe with its source, value by value; exit code 4 "
                        + "where rows are missing or double");
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
        Predicate<String> chosen = BACKFILL.chosen(scope, backfills);
        List<VerificationReport.Entry> entries = new ArrayList<>();
        for (Judgement judgement : Judgement.of(backfills.definitions())) {
            if (judgement.covered().stream().anyMatch(chosen)) {
                entries.add(verified(judgement, backfills));
            }
        }
        var report = new VerificationReport(entries);
        Output.write(results, format.choose(report::toTable, report::toJson));
        if (!report.holds()) {
            throw results.commandFailed(report.verdict(), ExitCode.VERIFICATION_FAILED, true);
        }
    }

    /** One that cannot be looked at does not hide the others. */
    private static VerificationReport.Entry verified(Judgement judgement, ChangelogBackfills backfills)
            throws DatabaseException {
        try {
            return VerificationReport.Entry.of(
                    judgement, backfills.inspect(inspection -> inspection.verify(judgement.judge())));
        } catch (BackfillException e) {
            return VerificationReport.Entry.problem(judgement, e.getMessage());
        }
    }
}
