package liquibase.ext.backfill.definitions;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One place a value can come from. It has either a value or, as SQL {@code NULL}, none. */
public sealed interface Value {
    /** The column that it is read from; empty if it is read from none. */
    Optional<Column> reads();

    /**
     * The content of a column.
     *
     * @param table the definition's source table or one of its joined tables
     * @param column the column's name
     */
    record Column(String table, String column) implements Value {
        public Column {
            Names.require(table, "the table of a column value");
            Names.require(column, "the column of a column value");
        }

        @Override
        public Optional<Column> reads() {
            return Optional.of(this);
        }
    }

    /**
     * A JSON string inside a document. Whatever else is found there (nothing, JSON null, a number, a boolean, an
     * object, an array, a document that is no object) is no value: the databases print such things differently, so no
     * answer would be the same on all of them.
     *
     * @param table the definition's source table or one of its joined tables
     * @param column the column that holds the document, of a JSON or a text type
     * @param path the object keys from the document's root, outermost first, at least one
     */
    record JsonString(String table, String column, List<String> path) implements Value {
        public JsonString {
            Names.require(table, "the table of a JSON value");
            Names.require(column, "the column of a JSON value");
            path = List.copyOf(path);
            if (path.isEmpty()) {
                throw new IllegalArgumentException(
                        "the JSON value of %s.%s has an empty path: name at least one key".formatted(table, column));
            }
            path.forEach(JsonString::requireKey);
        }

        @Override
        public Optional<Column> reads() {
            return Optional.of(new Column(table, column));
        }

        /** Quoting rules of JSON paths differ between the databases, so only keys that need none are allowed. */
        private static void requireKey(String key) {
            if (!key.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException(("\"%s\" cannot be a key of a JSON path: use letters, digits and "
                                + "underscores, with no digit in front")
                        .formatted(key));
            }
        }
    }

    /**
     * A constant text.
     *
     * @param text the constant, never null
     */
    record Literal(String text) implements Value {
        public Literal {
            Objects.requireNonNull(text, "a literal needs a text; it may be empty");
        }

        @Override
        public Optional<Column> reads() {
            return Optional.empty();
        }
    }
}
