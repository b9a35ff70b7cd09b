/**
 * The commands {@code backfill-status}, {@code backfill-run} and {@code backfill-verify}, for the command line and for
 * {@code CommandScope}. None of them takes the changelog lock or needs Liquibase's own tables.
 */
@NullMarked
package liquibase.ext.backfill.commands;

import org.jspecify.annotations.NullMarked;
