/**
 * The Liquibase Test Harness, which Liquibase asks its extensions to pass, on every database.
 *
 * <p>Its files are in {@code src/test/resources/liquibase/harness}. A changelog directly in {@code data/changelogs} is
 * a case; the rows that the query in {@code data/checkingSql} must find after it are in {@code data/expectedResultSet},
 * where a value is a regular expression and SQL NULL reads as the empty string. What
 * {@code compatibility/foundational/expectedResultSet} holds takes the place of files of the harness: 1.0.12 cannot find
 * its own inside a jar, and on SQLite, where a tag goes to all rows of the latest second, they hold on a fast machine
 * only. Hence their ending, {@code -community}, which the harness looks for first.
 */
package liquibase.ext.backfill.harness;
