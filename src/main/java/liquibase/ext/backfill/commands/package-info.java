/**
 * The commands {@code backfill-status}, {@code backfill-run} and {@code backfill-verify}, for the command line and for
 * {@code CommandScope}; none of them takes the changelog lock or needs Liquibase's own tables. And what joins
 * Liquibase's own {@code validate}, which does as Liquibase does.
 */
@NullMarked
package liquibase.ext.backfill.commands;

import org.jspecify.annotations.NullMarked;
