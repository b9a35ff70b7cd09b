package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;

/** One way of filling in the missing annotations. */
interface Variant {
    /** In a few words. */
    String label();

    /** Does it once, on a connection that commits by itself. */
    void run(Connection connection) throws Exception;

    /** Makes what it reads besides the service's tables. Not measured. */
    default void prepare(Connection connection) throws Exception {}

    /** Whether it writes the values that everybody would, and not only as many. */
    default boolean writesTheValues() {
        return true;
    }
}
