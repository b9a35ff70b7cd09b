/**
 * Backfills where a service starts: {@link liquibase.ext.backfill.startup.ServiceStartup} applies the schema changes of the
 * application's changelog, then its backfills, and reports how each ended.
 */
@NullMarked
package liquibase.ext.backfill.startup;

import org.jspecify.annotations.NullMarked;
