package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A typical hand-written change: reads what is missing, and inserts it row by row in batches of a thousand. */
record JdbcBatch(Original original) implements Variant {
    private static final int BATCH = 1_000;

    private record Row(String run, String key, String value) {}

    @Override
    public String label() {
        return "hand-written: rows read, JDBC batches";
    }

    @Override
    public void run(Connection connection) throws SQLException {
        Original.inOneTransaction(connection, original.isolation(), () -> {
            for (Original.Part part : original.parts()) {
                insert(connection, missing(connection, part));
            }
        });
    }

    private List<Row> missing(Connection connection, Original.Part part) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(original.selected(part))) {
            while (row.next()) {
                rows.add(new Row(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return rows;
    }

    private void insert(Connection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(original.insertInto() + " VALUES (?, ?, ?)")) {
            int inBatch = 0;
            for (Row row : rows) {
                insert.setString(1, row.run());
                insert.setString(2, row.key());
                insert.setString(3, row.value());
                insert.addBatch();
                if (++inBatch % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }
}
