/** What a service is told of its start. */
package liquibase.ext.backfill.startup;
