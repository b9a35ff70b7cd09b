package liquibase.ext.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.Database;
import liquibase.ext.backfill.definitions.BackfillDefinition;

/** Backfills that differ and have one name: each would take the other's checkpoint for its own and start over. */
final class SharedNames {
    private SharedNames() {}

    /** What is wrong, with its mend; empty if nothing is. Changesets that an update does not come to do not count. */
    static List<String> broken(List<BackfillDefinition> definitions, DatabaseChangeLog changelog, Database database) {
        List<String> broken = new ArrayList<>();
        for (ChangeSet changeSet : changelog.getChangeSets().stream()
                .filter(ChangeSet::isAlwaysRun)
                .filter(ChosenChangeSets.by(changelog.getChangeLogParameters(), database))
                .toList()) {
            for (BackfillDefinition definition : definitions) {
                if (of(changeSet).anyMatch(other -> isConfused(definition, other))) {
                    broken.add(message(changeSet, definition));
                }
            }
        }
        return broken;
    }

    private static boolean isConfused(BackfillDefinition one, BackfillDefinition other) {
        return one.name().equals(other.name()) && !one.equals(other);
    }

    /** Those that are written in the changelog: a class has its parameters only when Liquibase comes to it. */
    private static Stream<BackfillDefinition> of(ChangeSet changeSet) {
        return changeSet.getChanges().stream()
                .filter(BackfillChange.class::isInstance)
                .flatMap(change -> ((BackfillChange) change).definition().stream());
    }

    static String message(ChangeSet changeSet, BackfillDefinition definition) {
        return ("changeset %s has a backfill with the name %s, which another changeset gives to a different one: a "
                        + "checkpoint is kept by name, so give each its own")
                .formatted(changeSet, definition.name());
    }
}
