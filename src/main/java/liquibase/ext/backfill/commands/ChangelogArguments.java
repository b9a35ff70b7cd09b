package liquibase.ext.backfill.commands;

import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.changelog.ChangeLogParameters;
import liquibase.command.CommandArgumentDefinition;
import liquibase.command.CommandBuilder;
import liquibase.command.CommandScope;
import liquibase.command.CommonArgumentNames;
import liquibase.database.Database;
import liquibase.ext.backfill.ChangelogBackfills;

/**
 * The arguments that say which changesets of which changelog are meant, the same as those of {@code update}.
 *
 * <p>Not Liquibase's own step that provides a changelog: that one creates Liquibase's tables, and these commands change
 * nothing that they are not asked to.
 */
final class ChangelogArguments {
    private final CommandArgumentDefinition<String> changelogFile;
    private final CommandArgumentDefinition<String> labelFilter;
    private final CommandArgumentDefinition<String> contextFilter;
    private final CommandArgumentDefinition<ChangeLogParameters> parameters;

    ChangelogArguments(CommandBuilder builder) {
        changelogFile = builder.argument(CommonArgumentNames.CHANGELOG_FILE, String.class)
                .required()
                .description("The root changelog file")
                .build();
        labelFilter = builder.argument("labelFilter", String.class)
                .addAlias("labels")
                .description("Label expression to use for filtering")
                .build();
        contextFilter = builder.argument("contextFilter", String.class)
                .addAlias("contexts")
                .description("Context string to use for filtering")
                .build();
        parameters = builder.argument("changelogParameters", ChangeLogParameters.class)
                .hidden()
                .build();
    }

    /** The backfills that an {@code update} with the same arguments would come to. */
    ChangelogBackfills read(CommandScope scope) throws Exception {
        Database database = (Database) scope.getDependency(Database.class);
        return ChangelogBackfills.read(scope.getArgumentValue(changelogFile), parameters(scope, database), database);
    }

    private ChangeLogParameters parameters(CommandScope scope, Database database) {
        ChangeLogParameters given = scope.getArgumentValue(parameters);
        if (given == null) {
            given = ChangelogBackfills.defaultParameters(database);
        }
        if (scope.getArgumentValue(contextFilter) != null) {
            given.setContexts(new Contexts(scope.getArgumentValue(contextFilter)));
        }
        if (scope.getArgumentValue(labelFilter) != null) {
            given.setLabels(new LabelExpression(scope.getArgumentValue(labelFilter)));
        }
        return given;
    }
}
