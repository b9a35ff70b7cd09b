package liquibase.ext.backfill;

import java.util.List;
import java.util.function.Predicate;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.filter.ChangeSetFilter;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.database.Database;

/** The changesets that an {@code update} comes to, whether they have run or not. */
public final class ChosenChangeSets {
    private ChosenChangeSets() {}

    /**
     * The changesets of an update.
     *
     * @param parameters with the contexts and labels of the update
     */
    public static Predicate<ChangeSet> by(ChangeLogParameters parameters, Database database) {
        List<ChangeSetFilter> filters = List.of(
                new ContextChangeSetFilter(parameters.getContexts()),
                new LabelChangeSetFilter(parameters.getLabels()),
                new DbmsChangeSetFilter(database),
                new IgnoreChangeSetFilter());
        return changeSet ->
                filters.stream().allMatch(filter -> filter.accepts(changeSet).isAccepted());
    }
}
