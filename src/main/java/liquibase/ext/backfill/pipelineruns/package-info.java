/** The backfills that this project exists for: the system annotations of every pipeline run. */
package liquibase.ext.backfill.pipelineruns;
