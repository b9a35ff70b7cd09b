package liquibase.ext.backfill.definitions;

import java.util.List;
import java.util.stream.Stream;

/**
 * The table that gets the rows.
 *
 * @param table the table's name, without a schema
 * @param reference the column that holds the source row's key
 * @param identity constant columns which, together with {@code reference}, identify a row; a unique constraint must
 *     stand over them
 * @param columns the columns that are computed
 */
public record Target(String table, String reference, List<Constant> identity, List<Computed> columns) {
    public Target {
        Names.require(table, "the target table");
        Names.require(reference, "the column of target table %s that holds the source key".formatted(table));
        identity = List.copyOf(identity);
        columns = List.copyOf(columns);
    }

    /** The columns that identify a row: the reference, then the constants. */
    public List<String> identityColumns() {
        return Stream.concat(Stream.of(reference), identity.stream().map(Constant::column))
                .toList();
    }

    /**
     * A column with the same text in every row.
     *
     * @param column the column's name
     * @param text its text, never null
     */
    public record Constant(String column, String text) {
        public Constant {
            Names.require(column, "a constant target column");
            if (text == null) {
                throw new IllegalArgumentException("the constant of target column %s is missing".formatted(column));
            }
        }
    }

    /**
     * A column whose text is the first of several values that is there.
     *
     * @param column the column's name
     * @param firstOf where the text is looked for, in order; at least one
     * @param maxLength how many code points are kept, at least 1; what is longer is cut
     */
    public record Computed(String column, List<Value> firstOf, int maxLength) {
        public Computed {
            Names.require(column, "a computed target column");
            firstOf = List.copyOf(firstOf);
            if (firstOf.isEmpty()) {
                throw new IllegalArgumentException("target column %s has no value to be filled from".formatted(column));
            }
            if (maxLength < 1) {
                throw new IllegalArgumentException(
                        "target column %s keeps %d code points: keep at least 1".formatted(column, maxLength));
            }
        }
    }
}
