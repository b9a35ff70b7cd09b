/** Spring's properties for Liquibase's settings. Nothing else needs Spring, and nothing here is loaded without it. */
package liquibase.ext.backfill.spring;
