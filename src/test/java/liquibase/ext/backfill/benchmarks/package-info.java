/**
 * Measures instead of testing: {@code mvn -Pbenchmark verify}. Every variant of the same work runs on the same data in
 * several rounds, by turns, so that what disturbs the machine disturbs all of them; what counts are the medians and their
 * ratios.
 */
package liquibase.ext.backfill.benchmarks;
