/**
 * What to backfill, as data: records without behaviour of a database or of Liquibase.
 *
 * <p>A definition says which rows a source table owes to a target table and where their values come from. The engine
 * turns it into SQL for one database; a dry run, the verification and the write use the same definition.
 */
@NullMarked
package liquibase.ext.backfill.definitions;

import org.jspecify.annotations.NullMarked;
