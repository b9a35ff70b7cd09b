package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Schema;
import org.jspecify.annotations.Nullable;

/** The tables of one schema, as the database describes them. */
final class Tables {
    private final Connection connection;
    private final Dialect dialect;
    private final DatabaseMetaData metaData;
    private final @Nullable String catalog;
    private final @Nullable String schema;
    private final Map<String, Map<String, Column>> known = new HashMap<>();
    private final Map<String, Map<String, TextComparison>> comparisons = new HashMap<>();

    Tables(Connection connection, Dialect dialect, Schema schema) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        this.metaData = connection.getMetaData();
        this.catalog = metaData.supportsCatalogsInTableDefinitions()
                ? Optional.ofNullable(schema.catalog()).orElse(connection.getCatalog())
                : null;
        this.schema = metaData.supportsSchemasInTableDefinitions()
                ? Optional.ofNullable(schema.name()).orElse(connection.getSchema())
                : null;
    }

    /** Where these tables are, for a message. */
    String where() {
        if (schema != null) {
            return "schema " + schema;
        }
        return catalog == null ? "the database" : "database " + catalog;
    }

    /** What kind of table a name stands for, such as {@code TABLE} or {@code VIEW}, in upper case. */
    String kind(String table) throws SQLException {
        try (ResultSet rows = metaData.getTables(catalog, schemaPattern(), pattern(table), null)) {
            return rows.next() ? rows.getString("TABLE_TYPE").toUpperCase(Locale.ROOT) : "";
        }
    }

    /** A table whose name differs from this one in its case only. */
    Optional<String> lookalike(String table) throws SQLException {
        try (ResultSet rows = metaData.getTables(catalog, schemaPattern(), "%", null)) {
            while (rows.next()) {
                if (table.equalsIgnoreCase(rows.getString("TABLE_NAME"))) {
                    return Optional.of(rows.getString("TABLE_NAME"));
                }
            }
            return Optional.empty();
        }
    }

    /** The columns of a table by their names, which are found in any case; empty if there is no such table. */
    Map<String, Column> columns(String table) throws SQLException {
        Map<String, Column> columns = known.get(table);
        if (columns == null) {
            columns = readColumns(table);
            known.put(table, columns);
        }
        return columns;
    }

    /** A column that is known to be there. */
    Column column(String table, String name) throws SQLException {
        return Objects.requireNonNull(columns(table).get(name));
    }

    private Map<String, Column> readColumns(String table) throws SQLException {
        Map<String, Column> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (ResultSet rows = metaData.getColumns(catalog, schemaPattern(), pattern(table), "%")) {
            while (rows.next()) {
                if (table.equalsIgnoreCase(rows.getString("TABLE_NAME"))) {
                    Column column = column(rows);
                    columns.put(column.name(), column);
                }
            }
        }
        return columns;
    }

    private Column column(ResultSet row) throws SQLException {
        int type = type(row);
        boolean bounded = dialect.boundsTexts()
                && KeyType.of(type).filter(KeyType.TEXT::equals).isPresent();
        return new Column(
                row.getString("COLUMN_NAME"),
                type,
                row.getString("TYPE_NAME"),
                bounded ? OptionalInt.of(row.getInt("COLUMN_SIZE")) : OptionalInt.empty(),
                row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls);
    }

    /** SQLite's driver takes binary columns for text. */
    private static int type(ResultSet column) throws SQLException {
        return "BLOB".equalsIgnoreCase(column.getString("TYPE_NAME")) ? Types.BLOB : column.getInt("DATA_TYPE");
    }

    boolean isPrimaryKey(String table, String column) throws SQLException {
        try (ResultSet rows = metaData.getPrimaryKeys(catalog, schema, table)) {
            boolean only = rows.next() && column.equalsIgnoreCase(rows.getString("COLUMN_NAME"));
            return only && !rows.next();
        }
    }

    /** The unique indexes over exactly these columns. */
    List<UniqueIndex> uniqueIndexes(String table, List<String> columns) throws SQLException {
        Map<String, UniqueIndex> indexes = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(dialect.uniqueIndexes(here(), table))) {
            while (rows.next()) {
                var part = new UniqueIndex(
                        rows.getString(1),
                        List.of(Objects.requireNonNullElse(rows.getString(2), "")),
                        Optional.ofNullable(rows.getString(3)),
                        rows.getInt(4) == 1);
                indexes.merge(part.name(), part, Tables::joined);
            }
        }
        return indexes.values().stream().filter(index -> index.isOver(columns)).toList();
    }

    private static UniqueIndex joined(UniqueIndex index, UniqueIndex part) {
        List<String> columns = new ArrayList<>(index.columns());
        columns.addAll(part.columns());
        return new UniqueIndex(index.name(), columns, index.flaw(), index.deferrable());
    }

    /** How a text column is compared; empty if it is none, or the database compares all texts alike. */
    Optional<TextComparison> comparison(String table, String column) throws SQLException {
        Map<String, TextComparison> ofTable = comparisons.get(table);
        if (ofTable == null) {
            ofTable = readComparisons(table);
            comparisons.put(table, ofTable);
        }
        return Optional.ofNullable(ofTable.get(column));
    }

    private Map<String, TextComparison> readComparisons(String table) throws SQLException {
        Map<String, TextComparison> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Optional<String> query = dialect.textComparisons(here(), table);
        if (query.isEmpty()) {
            return found;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query.get())) {
            while (rows.next()) {
                found.put(
                        rows.getString(1),
                        new TextComparison(rows.getInt(2) == 1, Optional.ofNullable(rows.getString(3))));
            }
        }
        return found;
    }

    private Schema here() {
        return new Schema(catalog, schema);
    }

    private @Nullable String schemaPattern() throws SQLException {
        return schema == null ? null : pattern(schema);
    }

    /** Metadata take patterns in which {@code _} stands for any character. */
    private String pattern(String name) throws SQLException {
        String escape = metaData.getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }
}
