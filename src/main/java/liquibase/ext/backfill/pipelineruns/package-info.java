/** The backfills that this project exists for: the system annotations of every pipeline run. */
@NullMarked
package liquibase.ext.backfill.pipelineruns;

import org.jspecify.annotations.NullMarked;
