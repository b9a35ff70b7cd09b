/**
 * Real databases for tests. {@link liquibase.ext.backfill.testing.TestDatabase} is the way in.
 */
package liquibase.ext.backfill.testing;
