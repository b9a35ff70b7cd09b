package liquibase.ext.backfill.startup;

import java.util.List;
import java.util.Optional;
import liquibase.ext.backfill.ChangelogBackfills;
import liquibase.ext.backfill.definitions.BackfillDefinition;

/**
 * The backfills of a service's changelog.
 *
 * @param backfills empty if they could not be found
 * @param problem why not
 */
record FoundBackfills(Optional<ChangelogBackfills> backfills, Optional<String> problem) {
    static FoundBackfills of(ChangelogBackfills backfills) {
        return new FoundBackfills(Optional.of(backfills), Optional.empty());
    }

    static FoundBackfills none(String problem) {
        return new FoundBackfills(Optional.empty(), Optional.of(problem));
    }

    List<String> names() {
        return backfills.stream()
                .flatMap(found -> found.definitions().stream())
                .map(BackfillDefinition::name)
                .toList();
    }
}
