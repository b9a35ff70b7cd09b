package liquibase.ext.backfill.commands;

import java.util.List;
import java.util.function.Predicate;
import liquibase.command.CommandArgumentDefinition;
import liquibase.command.CommandBuilder;
import liquibase.command.CommandScope;
import liquibase.ext.backfill.ChangelogBackfills;
import liquibase.ext.backfill.definitions.BackfillDefinition;

/** The argument that chooses one backfill of a changelog. */
final class BackfillArgument {
    private final CommandArgumentDefinition<String> name;

    BackfillArgument(CommandBuilder builder) {
        name = builder.argument("backfill", String.class)
                .description("The name of the one backfill that is meant; all of the changelog if it is not given")
                .build();
    }

    /**
     * Whether a name is meant.
     *
     * @throws IllegalArgumentException if the changelog has no backfill of the name that is given
     */
    Predicate<String> chosen(CommandScope scope, ChangelogBackfills backfills) {
        String wanted = scope.getArgumentValue(name);
        if (wanted == null) {
            return any -> true;
        }
        List<String> known =
                backfills.definitions().stream().map(BackfillDefinition::name).toList();
        if (!known.contains(wanted)) {
            throw new IllegalArgumentException("the changelog has no backfill \"%s\": %s"
                    .formatted(wanted, known.isEmpty() ? "it has none" : "use one of " + String.join(", ", known)));
        }
        return wanted::equals;
    }
}
