/**
 * How a backfill is done: parity → range → chunk → checkpoint → parity again, on one JDBC connection.
 *
 * <p>{@link liquibase.ext.backfill.engine.BackfillEngine} is the way in. The engine knows no class of Liquibase, so
 * that a service can run it directly and a test can drive it.
 */
@NullMarked
package liquibase.ext.backfill.engine;

import org.jspecify.annotations.NullMarked;
