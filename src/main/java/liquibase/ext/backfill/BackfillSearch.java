package liquibase.ext.backfill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.custom.CustomChangeWrapper;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationErrors;
import liquibase.ext.backfill.definitions.BackfillDefinition;

/** The search for backfills in the changesets of a changelog. */
final class BackfillSearch {
    private final List<ChangeSet> chosen;

    BackfillSearch(DatabaseChangeLog changelog, Predicate<ChangeSet> chosen) {
        this.chosen = changelog.getChangeSets().stream().filter(chosen).toList();
    }

    /**
     * A class that is not there may be a backfill: to pass over it would be to call it healthy. Every backfill is in a
     * changeset that runs always; any other may have run long ago, and its class be gone for good.
     */
    void requireLoaded() throws LiquibaseException {
        for (ChangeSet changeSet :
                chosen.stream().filter(ChangeSet::isAlwaysRun).toList()) {
            for (Change change : changeSet.getChanges()) {
                if (change instanceof CustomChangeWrapper custom && custom.getCustomChange() == null) {
                    throw new LiquibaseException(
                            ("changeset %s names the class %s, which cannot be loaded: put its jar "
                                            + "on the classpath, and see that liquibase.allowCustomChange is not false")
                                    .formatted(changeSet, custom.getClassName()));
                }
            }
        }
    }

    /** @throws LiquibaseException if one of them is wrong, or two that differ share a name */
    List<ChangelogBackfill> found(Database database) throws LiquibaseException {
        Map<String, BackfillDefinition> known = new LinkedHashMap<>();
        List<ChangelogBackfill> backfills = new ArrayList<>();
        for (ChangeSet changeSet : chosen) {
            for (ChangelogBackfill backfill : of(changeSet, database)) {
                if (addNew(backfill, known, changeSet)) {
                    backfills.add(backfill);
                }
            }
        }
        return backfills;
    }

    /** With the changeset in the scope, as where Liquibase itself goes through a changelog: it is looked at there. */
    private static List<ChangelogBackfill> of(ChangeSet changeSet, Database database) throws LiquibaseException {
        try {
            return Scope.child(
                    Map.of(Scope.Attr.changeSet.name(), changeSet), () -> ofCurrentChangeSet(changeSet, database));
        } catch (LiquibaseException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LiquibaseException(e);
        }
    }

    private static List<ChangelogBackfill> ofCurrentChangeSet(ChangeSet changeSet, Database database)
            throws LiquibaseException {
        List<ChangelogBackfill> backfills = new ArrayList<>();
        for (Change change : changeSet.getChanges()) {
            if (change instanceof BackfillChange backfill) {
                requireValid(change.validate(database), changeSet);
                backfills.add(backfill.backfill());
            } else if (change instanceof CustomChangeWrapper custom
                    && custom.getCustomChange() instanceof BackfillTask task) {
                requireValid(change.validate(database), changeSet); // it also hands the parameters over
                backfills.add(task.backfill());
            }
        }
        return backfills;
    }

    private static void requireValid(ValidationErrors errors, ChangeSet changeSet) throws LiquibaseException {
        if (errors.hasErrors()) {
            throw new LiquibaseException(
                    "changeset %s: %s".formatted(changeSet, String.join("; ", errors.getErrorMessages())));
        }
    }

    /** A backfill that several changesets name is one backfill. */
    private static boolean addNew(
            ChangelogBackfill backfill, Map<String, BackfillDefinition> known, ChangeSet changeSet)
            throws LiquibaseException {
        boolean isNew = false;
        for (BackfillDefinition definition : backfill.definitions()) {
            BackfillDefinition before = known.putIfAbsent(definition.name(), definition);
            isNew |= before == null;
            if (before != null && !before.equals(definition)) {
                throw new LiquibaseException(SharedNames.message(changeSet, definition));
            }
        }
        return isNew;
    }
}
