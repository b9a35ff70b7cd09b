/** Services on Spring Boot, built and started as their users do it. */
package liquibase.ext.backfill.spring;
