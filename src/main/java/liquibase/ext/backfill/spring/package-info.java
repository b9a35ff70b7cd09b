/** Spring's properties for Liquibase's settings, and Spring's order for a start. Nothing else needs Spring, and nothing here is loaded without it. */
@NullMarked
package liquibase.ext.backfill.spring;

import org.jspecify.annotations.NullMarked;
