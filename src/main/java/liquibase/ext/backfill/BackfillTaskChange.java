package liquibase.ext.backfill;

import liquibase.ext.backfill.definitions.BackfillDefinition;

/**
 * A backfill as a {@code customChange}. A subclass says what is backfilled; a changelog names the subclass, in a
 * changeset with {@code runAlways: true}, {@code runInTransaction: false} and a parity guard.
 *
 * <p>A dry run ({@code update-sql} and its like) writes nothing and prints a statement that does the same. A rollback
 * leaves the rows: they are true.
 */
public abstract class BackfillTaskChange extends BackfillTask {
    /** What is backfilled. Called whenever it is needed; must always give the same. */
    protected abstract BackfillDefinition definition();

    @Override
    final ChangelogBackfill backfill() {
        return ChangelogBackfill.chunked(definition());
    }
}
