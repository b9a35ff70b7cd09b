/** The commands, through {@code CommandScope} on every database and through the command line on two. */
package liquibase.ext.backfill.commands;
