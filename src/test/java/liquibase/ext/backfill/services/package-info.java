/** Services on other people's frameworks, built and started as their users do it. */
package liquibase.ext.backfill.services;
