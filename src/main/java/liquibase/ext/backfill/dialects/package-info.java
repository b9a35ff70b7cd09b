/** What differs between the databases: names, JSON, conflicts, error codes, clocks and timeouts. */
package liquibase.ext.backfill.dialects;
