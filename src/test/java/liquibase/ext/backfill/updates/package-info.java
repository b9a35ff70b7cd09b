/**
 * The main job, {@code liquibase update}, through every way in which it is used: embedded, on the command line, by the
 * Maven plugin. What the databases promise alike stands in a contract, with a subclass per database.
 */
package liquibase.ext.backfill.updates;
