package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A service's pipeline runs, made inside the database, in the schema that the shipped changelog makes: keys without any
 * order, nine old runs without system annotations to each new one that has them, users' annotations on every fifth.
 *
 * @param product what the database is
 * @param runs how many runs
 * @param taskSpecs the documents that the root executions take by turns; {@code @run@} stands for the run's key
 * @param analysed whether the planner of PostgreSQL gets statistics; the others look after theirs by themselves
 */
record Workload(Product product, int runs, List<String> taskSpecs, boolean analysed) {
    /** The moment of the runs that come while something is measured. */
    static final String MEANWHILE = "2026-12-31 00:00:00";

    /** Who wrote the runs at this moment or later wrote their annotations too. */
    static final String ANNOTATED_SINCE = "2026-01-01 00:00:00";

    private static final int RUNS_PER_TRANSACTION = 50_000;

    /** Makes the tables and fills them. */
    void create(Connection connection) throws Exception {
        LiquibaseUpdate.run(connection, "liquibase-backfill/schema/db.changelog-schema.yaml");
        execute(connection, product.prepared());
        createNumbers(connection);
        createTemplates(connection);
        for (int first = 0; first < runs; first += RUNS_PER_TRANSACTION) {
            execute(connection, List.of(executions(first), runs(first)));
        }
        execute(
                connection,
                List.of(
                        "CREATE TABLE annotation_before AS SELECT * FROM pipeline_run_annotation",
                        annotationsBefore(),
                        "DROP TABLE template",
                        "DROP TABLE number"));
        execute(connection, product.settled(analysed));
        restore(connection);
    }

    /** Puts everything back to what it was before any backfill. */
    void restore(Connection connection) throws SQLException {
        boolean sqlite = product == Product.SQLITE;
        execute(
                connection,
                List.of(
                        (sqlite ? "DELETE FROM " : "TRUNCATE TABLE ") + "pipeline_run_annotation",
                        "INSERT INTO pipeline_run_annotation SELECT * FROM annotation_before"));
        removeNewcomers(connection);
        execute(connection, List.of("DROP TABLE IF EXISTS " + checkpoints()));
        execute(connection, product.settled(analysed));
    }

    /** Their executions have the same keys. */
    private static void removeNewcomers(Connection connection) throws SQLException {
        if (number(connection, "SELECT COUNT(*) FROM pipeline_run WHERE created_at = '%s'".formatted(MEANWHILE)) > 0) {
            execute(
                    connection,
                    List.of(
                            "CREATE TABLE newcomer AS SELECT id FROM pipeline_run WHERE created_at = '%s'"
                                    .formatted(MEANWHILE),
                            "DELETE FROM pipeline_run WHERE id IN (SELECT id FROM newcomer)",
                            "DELETE FROM execution_node WHERE id IN (SELECT id FROM newcomer)",
                            "DROP TABLE newcomer"));
        }
    }

    private String checkpoints() {
        return product == Product.POSTGRESQL ? "databasechangelogbackfill" : "DATABASECHANGELOGBACKFILL";
    }

    /** How many rows there are of the two keys that every run is owed. */
    long systemAnnotations(Connection connection) throws SQLException {
        return number(
                connection,
                "SELECT COUNT(*) FROM pipeline_run_annotation WHERE %s IN ('%s', '%s')"
                        .formatted(product.key(), Original.CREATED_BY, Original.NAME));
    }

    /** What differs between two ways of filling the annotations: where this is equal, so are the lengths of all values. */
    long lengthOfValues(Connection connection) throws SQLException {
        return number(connection, "SELECT SUM(LENGTH(value)) FROM pipeline_run_annotation");
    }

    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The numbers below the number of runs, in a way that every database understands. */
    private void createNumbers(Connection connection) throws SQLException {
        execute(
                connection,
                List.of("CREATE TABLE number (i bigint NOT NULL PRIMARY KEY)", "INSERT INTO number VALUES (0)"));
        for (long count = 1; count < runs; count *= 2) {
            execute(
                    connection,
                    List.of("INSERT INTO number SELECT i + %1$d FROM number WHERE i + %1$d < %2$d"
                            .formatted(count, runs)));
        }
    }

    private void createTemplates(Connection connection) throws SQLException {
        execute(connection, List.of("CREATE TABLE template (i bigint NOT NULL PRIMARY KEY, document text)"));
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO template VALUES (?, ?)")) {
            for (int i = 0; i < taskSpecs.size(); i++) {
                insert.setInt(1, i);
                insert.setString(2, taskSpecs.get(i));
                insert.executeUpdate();
            }
        }
    }

    private String executions(int first) {
        String document = product.json("REPLACE(t.document, '@run@', %s)".formatted(key("n.i", 2654435761L)));
        return "INSERT INTO execution_node (id, task_spec) SELECT %s, %s FROM number n JOIN template t ON t.i = n.i %% %d WHERE %s"
                .formatted(key("n.i", 2246822519L), document, taskSpecs.size(), between(first));
    }

    /** Four of ten carry a name of their own, three an empty document, three none; one of twenty has no creator. */
    private String runs(int first) {
        String extraData = """
                CASE WHEN n.i %% 10 < 4 THEN %s WHEN n.i %% 10 < 7 THEN %s END""".formatted(
                product.json("CONCAT('{\"pipeline_name\": \"Nightly training ', n.i, '\"}')"), product.json("'{}'"));
        return """
                INSERT INTO pipeline_run (id, root_execution_id, created_by, created_at, updated_at, extra_data)
                SELECT %s, %s, CASE WHEN n.i %% 20 <> 7 THEN CONCAT('user', n.i %% 97, '@example.org') END,
                       %s, %s, %s
                FROM number n WHERE %s""".formatted(
                key("n.i", 2654435761L),
                key("n.i", 2246822519L),
                product.moment("CASE WHEN n.i % 10 = 9 THEN '2026-06-01 12:00:00' ELSE '2025-06-01 12:00:00' END"),
                product.moment("'2026-06-01 12:00:00'"),
                extraData,
                between(first));
    }

    /** Twenty digits: a multiplication by an odd number and its remainder only change the order. */
    private String key(String number, long multiplier) {
        return "CONCAT(%s, %s, '0d3f')"
                .formatted(
                        product.hexadecimal("(%s * %d) %% 4294967296".formatted(number, multiplier)),
                        product.hexadecimal("(%s * %d) %% 4294967296".formatted(number, 3266489917L)));
    }

    private static String between(int first) {
        return "n.i >= %d AND n.i < %d".formatted(first, first + RUNS_PER_TRANSACTION);
    }

    private String annotationsBefore() {
        return """
                INSERT INTO annotation_before
                SELECT r.id, '%1$s', COALESCE(r.created_by, '') FROM pipeline_run r WHERE r.created_at >= '%3$s'
                UNION ALL
                SELECT r.id, '%2$s', 'Nightly training' FROM pipeline_run r WHERE r.created_at >= '%3$s'
                UNION ALL
                SELECT r.id, 'team', 'research' FROM pipeline_run r WHERE r.id < '3'""".formatted(Original.CREATED_BY, Original.NAME, ANNOTATED_SINCE);
    }
}
