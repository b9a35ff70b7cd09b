package liquibase.ext.backfill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What keeps a chunk from doubling a row, and what it costs where few and where most rows are there already: an
 * anti-join, the database's conflict clause, or both. Writes {@code target/benchmarks/conflict-strategies-*.md}.
 */
@Tag("benchmark")
class ConflictStrategyBenchmarkIT {
    private static final int RUNS = BenchmarkSettings.RUNS;
    private static final int CHUNK = 5_000;
    private static final int[] PERCENT_PRESENT = {0, 50, 99};

    private enum Strategy {
        ANTI_JOIN,
        CONFLICT_CLAUSE,
        BOTH
    }

    static List<TestDatabase> databases() {
        return BenchmarkSettings.databases();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void what_each_strategy_costs(TestDatabase product) throws SQLException, IOException {
        try (FreshDatabase database = product.freshDatabase();
                Connection connection = database.connect()) {
            List<String> keys = create(connection);
            var report = new Report("conflict-strategies-" + product, connection);
            var table = new Table(
                    "Seconds, and in multiples of the anti-join",
                    "rows there already",
                    "anti-join",
                    "÷",
                    "conflict clause",
                    "÷",
                    "both",
                    "÷");
            for (int percent : PERCENT_PRESENT) {
                row(percent, measure(connection, product, keys, percent), table);
            }
            report.table(table);
            report.write();
        }
    }

    private static void row(int percent, Map<Strategy, List<Double>> seconds, Table table) {
        var base = new Samples(seconds.get(Strategy.ANTI_JOIN));
        List<String> cells = new ArrayList<>(List.of(percent + " %"));
        for (Strategy strategy : Strategy.values()) {
            var rounds = new Samples(seconds.get(strategy));
            cells.add(Report.span("%.2f", rounds));
            cells.add(Report.ratio(rounds, base));
        }
        table.row(cells.toArray(String[]::new));
    }

    private static Map<Strategy, List<Double>> measure(
            Connection connection, TestDatabase product, List<String> keys, int percent) throws SQLException {
        Map<Strategy, List<Double>> seconds = new EnumMap<>(Strategy.class);
        for (int round = 0; round < BenchmarkSettings.ROUNDS; round++) {
            for (Strategy strategy : Strategy.values()) {
                fill(connection, keys, percent);
                long startedAt = System.nanoTime();
                backfill(connection, keys, statement(product, strategy));
                seconds.computeIfAbsent(strategy, none -> new ArrayList<>()).add((System.nanoTime() - startedAt) / 1e9);
                assertThat(count(connection)).isEqualTo(RUNS);
            }
        }
        return seconds;
    }

    /** The constraints and the index that the service's own table has: their upkeep is part of the cost. */
    private static List<String> create(Connection connection) throws SQLException {
        List<String> keys = new ArrayList<>();
        var random = new Random(1);
        for (int i = 0; i < RUNS; i++) {
            keys.add("%016x".formatted(random.nextLong()));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE run (id varchar(20) NOT NULL PRIMARY KEY, created_by varchar(255))");
            statement.execute("CREATE TABLE annotation (run_id varchar(20) NOT NULL, name varchar(255) NOT NULL, "
                    + "value varchar(255), PRIMARY KEY (run_id, name), FOREIGN KEY (run_id) REFERENCES run (id))");
            statement.execute("CREATE INDEX annotation_search ON annotation (run_id, name, value)");
        }
        insert(connection, "INSERT INTO run (id, created_by) VALUES (?, 'somebody')", keys);
        keys.sort(null);
        return keys;
    }

    private static void fill(Connection connection, List<String> keys, int percent) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM annotation");
        }
        List<String> present = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (i % 100 < percent) {
                present.add(keys.get(i));
            }
        }
        insert(connection, "INSERT INTO annotation (run_id, name, value) VALUES (?, 'creator', 'somebody')", present);
    }

    private static void insert(Connection connection, String sql, List<String> keys) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (String key : keys) {
                statement.setString(1, key);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void backfill(Connection connection, List<String> keys, String sql) throws SQLException {
        for (int low = 0; low < keys.size(); low += CHUNK) {
            int parameters = 0;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int pair = 0; pair < sql.chars().filter(c -> c == '?').count() / 2; pair++) {
                    statement.setString(++parameters, keys.get(low));
                    statement.setString(++parameters, keys.get(Math.min(low + CHUNK, keys.size()) - 1));
                }
                statement.executeUpdate();
            }
        }
    }

    private static String statement(TestDatabase product, Strategy strategy) {
        boolean joins = strategy != Strategy.CONFLICT_CLAUSE;
        boolean skips = strategy != Strategy.ANTI_JOIN;
        String insert =
                switch (product) {
                    case MYSQL, MARIADB -> skips ? "INSERT IGNORE" : "INSERT";
                    case SQLITE -> skips ? "INSERT OR IGNORE" : "INSERT";
                    case POSTGRESQL -> "INSERT";
                };
        String antiJoin = " AND NOT EXISTS (SELECT 1 FROM annotation a WHERE a.run_id = r.id AND a.name = 'creator'"
                + " AND a.run_id >= ? AND a.run_id <= ?" + (product == TestDatabase.POSTGRESQL ? " OFFSET 0)" : ")");
        return insert + " INTO annotation (run_id, name, value) SELECT r.id, 'creator', r.created_by FROM run r"
                + " WHERE r.id >= ? AND r.id <= ?" + (joins ? antiJoin : "")
                + (skips && product == TestDatabase.POSTGRESQL ? " ON CONFLICT (run_id, name) DO NOTHING" : "");
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM annotation")) {
            row.next();
            return row.getLong(1);
        }
    }
}
