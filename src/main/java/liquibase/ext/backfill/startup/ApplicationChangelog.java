package liquibase.ext.backfill.startup;

import java.util.HashMap;
import java.util.Map;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.changelog.ChangeLogParameters;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.database.Database;
import liquibase.exception.CommandExecutionException;
import liquibase.exception.LiquibaseException;
import liquibase.ext.backfill.ChangelogBackfills;
import liquibase.ext.backfill.SwitchedOff;
import liquibase.ext.backfill.engine.Reason;
import org.jspecify.annotations.Nullable;

/** The changelog of a service, and which part of it is meant: the same for its schema changes and its backfills. */
final class ApplicationChangelog {
    private final String file;
    final Map<String, String> parameters = new HashMap<>();

    @Nullable
    String contexts;

    @Nullable
    String labels;

    ApplicationChangelog(String file) {
        this.file = file;
    }

    /** Applies its changes without the backfills, and finds those: on one connection, so that nothing comes in between. */
    FoundBackfills update(ServiceDatabase service, String whyWithoutBackfills) throws Exception {
        return service.on(database -> {
            Scope.child(SwitchedOff.because(whyWithoutBackfills), () -> {
                update(database);
            });
            try {
                return FoundBackfills.of(ChangelogBackfills.read(file, parameters(database, command()), database));
            } catch (Exception e) {
                String problem = Reason.sentence(e);
                Scope.getCurrentScope()
                        .getLog(ServiceStartup.class)
                        .severe("The backfills of this start could not be gone through: " + problem, e);
                return FoundBackfills.none(problem);
            }
        });
    }

    private void update(Database database) throws LiquibaseException {
        ChangelogTable.createOn(database);
        CommandScope command = command();
        command.addArgumentValue("database", database)
                .addArgumentValue("changelogFile", file)
                .addArgumentValue("changelogParameters", parameters(database, command))
                .addArgumentValue("showSummaryOutput", UpdateSummaryOutputEnum.LOG)
                .execute();
    }

    private CommandScope command() throws CommandExecutionException {
        return new CommandScope("update")
                .addArgumentValue("contextFilter", contexts)
                .addArgumentValue("labelFilter", labels);
    }

    /** Where nothing was said here, Liquibase's own configuration may say it, {@code liquibase.command.contextFilter} say. */
    private ChangeLogParameters parameters(Database database, CommandScope command) {
        ChangeLogParameters all = ChangelogBackfills.defaultParameters(database);
        all.setContexts(new Contexts(command.getArgumentValue(UpdateCommandStep.CONTEXTS_ARG)));
        all.setLabels(new LabelExpression(command.getArgumentValue(UpdateCommandStep.LABEL_FILTER_ARG)));
        parameters.forEach(all::set);
        return all;
    }
}
