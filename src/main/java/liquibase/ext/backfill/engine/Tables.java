package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Schema;
import org.jspecify.annotations.Nullable;

/** The tables of one schema, as the driver's metadata tell. Names are compared without their case. */
final class Tables {
    /** Stands for a part of an index that is no column, and is none that a definition can name. */
    private static final String EXPRESSION = "";

    private final Connection connection;
    private final Dialect dialect;
    private final DatabaseMetaData metaData;
    private final @Nullable String catalog;
    private final @Nullable String schema;

    Tables(Connection connection, Schema schema) throws SQLException {
        this.connection = connection;
        this.dialect = Dialects.of(connection);
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

    /** The columns of a table with their {@link Types}; empty if there is no such table. */
    Map<String, Integer> columns(String table) throws SQLException {
        Map<String, Integer> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (ResultSet rows = metaData.getColumns(catalog, schemaPattern(), pattern(table), "%")) {
            while (rows.next()) {
                if (table.equalsIgnoreCase(rows.getString("TABLE_NAME"))) {
                    columns.put(rows.getString("COLUMN_NAME"), type(rows));
                }
            }
        }
        return columns;
    }

    /** How many characters the text columns of a table hold at most, where that is bounded. */
    Map<String, Integer> textWidths(String table) throws SQLException {
        Map<String, Integer> widths = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (!dialect.boundsTexts()) {
            return widths;
        }
        try (ResultSet rows = metaData.getColumns(catalog, schemaPattern(), pattern(table), "%")) {
            while (rows.next()) {
                boolean text =
                        KeyType.of(type(rows)).filter(KeyType.TEXT::equals).isPresent();
                if (text && table.equalsIgnoreCase(rows.getString("TABLE_NAME"))) {
                    widths.put(rows.getString("COLUMN_NAME"), rows.getInt("COLUMN_SIZE"));
                }
            }
        }
        return widths;
    }

    /** How keys of a column are handed over; empty if there is no such column, or chunks cannot be cut by it. */
    Optional<KeyType> keyType(String table, String column) throws SQLException {
        return Optional.ofNullable(columns(table).get(column)).flatMap(KeyType::of);
    }

    /** SQLite's driver takes binary columns for text. */
    private static int type(ResultSet column) throws SQLException {
        return "BLOB".equalsIgnoreCase(column.getString("TYPE_NAME")) ? Types.BLOB : column.getInt("DATA_TYPE");
    }

    /** Whether a unique index over all rows, or the primary key, stands over exactly these columns. */
    boolean hasUnique(String table, List<String> columns) throws SQLException {
        Set<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        wanted.addAll(columns);
        return same(wanted, primaryKey(table)) || uniqueIndexes(table).stream().anyMatch(index -> same(wanted, index));
    }

    /** TreeSet.equals would compare by the case-insensitive order of one side only. */
    private static boolean same(Set<String> wanted, Collection<String> columns) {
        return wanted.size() == columns.size() && wanted.containsAll(columns);
    }

    private Set<String> primaryKey(String table) throws SQLException {
        Set<String> columns = new TreeSet<>();
        try (ResultSet rows = metaData.getPrimaryKeys(catalog, schema, table)) {
            while (rows.next()) {
                columns.add(rows.getString("COLUMN_NAME"));
            }
        }
        return columns;
    }

    private Collection<Set<String>> uniqueIndexes(String table) throws SQLException {
        Map<String, Set<String>> indexes = new TreeMap<>();
        try (ResultSet rows = metaData.getIndexInfo(catalog, schema, table, true, true)) {
            while (rows.next()) {
                boolean overAllRows = rows.getString("FILTER_CONDITION") == null;
                if (rows.getString("INDEX_NAME") != null && overAllRows) {
                    indexes.computeIfAbsent(rows.getString("INDEX_NAME"), none -> new TreeSet<>())
                            .add(Objects.requireNonNullElse(rows.getString("COLUMN_NAME"), EXPRESSION));
                }
            }
        }
        indexes.keySet().removeAll(partialIndexes(table));
        return indexes.values();
    }

    private Set<String> partialIndexes(String table) throws SQLException {
        Set<String> names = new TreeSet<>();
        Optional<String> query = dialect.partialIndexes(table);
        if (query.isPresent()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query.get())) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
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
