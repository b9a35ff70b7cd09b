/**
 * What a changelog names and what a user extends. Liquibase's classes are known here and not in the engine.
 *
 * <p>{@link liquibase.ext.backfill.BackfillTaskChange} is a backfill as a {@code customChange}; the settings are in
 * {@link liquibase.ext.backfill.BackfillConfiguration}.
 */
@NullMarked
package liquibase.ext.backfill;

import org.jspecify.annotations.NullMarked;
