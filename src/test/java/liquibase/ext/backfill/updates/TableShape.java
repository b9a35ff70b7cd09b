package liquibase.ext.backfill.updates;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A table as the driver describes it: everything that a changelog could have changed about it. */
record TableShape(List<String> columns, List<String> primaryKey, List<String> indexes, List<String> foreignKeys) {
    static TableShape of(Connection connection, String table) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String catalog = connection.getCatalog();
        String schema = connection.getSchema();
        return new TableShape(
                rows(
                        data.getColumns(catalog, schema, table, "%"),
                        "COLUMN_NAME",
                        "TYPE_NAME",
                        "COLUMN_SIZE",
                        "IS_NULLABLE",
                        "COLUMN_DEF"),
                rows(data.getPrimaryKeys(catalog, schema, table), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"),
                rows(
                        data.getIndexInfo(catalog, schema, table, false, true),
                        "INDEX_NAME",
                        "ORDINAL_POSITION",
                        "COLUMN_NAME",
                        "NON_UNIQUE",
                        "ASC_OR_DESC"),
                rows(data.getImportedKeys(catalog, schema, table), "FK_NAME", "FKCOLUMN_NAME", "PKTABLE_NAME"));
    }

    private static List<String> rows(ResultSet results, String... columns) throws SQLException {
        try (results) {
            List<String> rows = new ArrayList<>();
            while (results.next()) {
                List<String> row = new ArrayList<>();
                for (String column : columns) {
                    row.add(results.getString(column));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }
}
