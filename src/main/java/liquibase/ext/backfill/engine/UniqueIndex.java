package liquibase.ext.backfill.engine;

import java.util.List;
import java.util.Optional;

/**
 * A unique index of a table, a primary key or unique constraint among them.
 *
 * @param name the index's name
 * @param columns what it stands over; a part that is no whole column is an empty text
 * @param flaw why it is no proof that a key stands there once; empty if it is
 * @param deferrable whether a row may break it until the end of a transaction
 */
record UniqueIndex(String name, List<String> columns, Optional<String> flaw, boolean deferrable) {
    UniqueIndex {
        columns = List.copyOf(columns);
    }

    /** Whether it stands over exactly these columns, in whatever order and case. */
    boolean isOver(List<String> wanted) {
        return columns.size() == wanted.size()
                && wanted.stream().allMatch(column -> columns.stream().anyMatch(column::equalsIgnoreCase));
    }
}
