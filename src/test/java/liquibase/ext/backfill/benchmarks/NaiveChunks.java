package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The original's statements in chunks of a thousand runs, with the range where one would write it: on the runs alone. */
record NaiveChunks(Original original) implements Variant {
    private static final int CHUNK = 1_000;

    @Override
    public String label() {
        return "naive chunks of 1,000, no range on the target";
    }

    @Override
    public void run(Connection connection) throws SQLException {
        for (Original.Part part : original.parts()) {
            String low = "";
            for (String high = next(connection, low); high != null; high = next(connection, low)) {
                try (PreparedStatement insert =
                        connection.prepareStatement(original.insert(part) + " AND r.id > ? AND r.id <= ?")) {
                    insert.setString(1, low);
                    insert.setString(2, high);
                    insert.executeUpdate();
                }
                low = high;
            }
        }
    }

    private static String next(Connection connection, String low) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT MAX(id) FROM (SELECT id FROM pipeline_run WHERE id > ? ORDER BY id LIMIT %d) chunk"
                        .formatted(CHUNK))) {
            query.setString(1, low);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
