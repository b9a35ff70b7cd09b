/** The write path of a service, on every database. */
package liquibase.ext.backfill.pipelineruns;
