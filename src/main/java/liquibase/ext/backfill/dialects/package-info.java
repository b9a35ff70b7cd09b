/** What differs between the databases: names, JSON, conflicts, error codes, clocks and timeouts. */
@NullMarked
package liquibase.ext.backfill.dialects;

import org.jspecify.annotations.NullMarked;
