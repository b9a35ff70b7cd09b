package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import liquibase.ext.backfill.engine.Isolation;

/**
 * The migration that this project replaces: three statements, each found to be needed by a count first.
 *
 * @param product the database they are for
 * @param isolation of their one transaction; the original's is serializable
 */
record Original(Product product, Isolation isolation) implements Variant {
    static final String CREATED_BY = "system/pipeline_run.created_by";
    static final String NAME = "system/pipeline_run.name";

    /** One backfill of the three: the annotation, its value, and which runs have one. */
    record Part(String key, String value, String joins, String condition) {}

    List<Part> parts() {
        String inExtraData = "SUBSTR(%s, 1, 255)".formatted(product.jsonText("r.extra_data", List.of("pipeline_name")));
        String inSpec = "COALESCE(SUBSTR(%s, 1, 255), '')"
                .formatted(product.jsonText("e.task_spec", List.of("componentRef", "spec", "name")));
        return List.of(
                new Part(CREATED_BY, "COALESCE(r.created_by, '')", "", ""),
                new Part(NAME, inExtraData, "", " AND " + inExtraData + " IS NOT NULL"),
                new Part(NAME, inSpec, " LEFT JOIN execution_node e ON e.id = r.root_execution_id", ""));
    }

    /** How many runs lack an annotation. */
    String missing(Part part) {
        return "SELECT COUNT(*) FROM pipeline_run r%s WHERE a.pipeline_run_id IS NULL".formatted(antiJoin(part));
    }

    /** The rows that a backfill is to insert, each with its run, key and value. */
    String selected(Part part) {
        return "SELECT r.id, '%s', %s FROM pipeline_run r%s%s WHERE a.pipeline_run_id IS NULL%s"
                .formatted(part.key(), part.value(), part.joins(), antiJoin(part), part.condition());
    }

    String insert(Part part) {
        return insertInto() + " " + selected(part);
    }

    String insertInto() {
        return "INSERT INTO pipeline_run_annotation (pipeline_run_id, %s, value)".formatted(product.key());
    }

    private String antiJoin(Part part) {
        return " LEFT JOIN pipeline_run_annotation a ON a.pipeline_run_id = r.id AND a.%s = '%s'"
                .formatted(product.key(), part.key());
    }

    @Override
    public String label() {
        return "original: three statements, one %s transaction".formatted(Levels.name(isolation));
    }

    @Override
    public void run(Connection connection) throws SQLException {
        inOneTransaction(connection, isolation, () -> {
            try (Statement statement = connection.createStatement()) {
                for (Part part : parts()) {
                    if (Workload.number(connection, missing(part)) > 0) {
                        statement.executeUpdate(insert(part));
                    }
                }
            }
        });
    }

    /** Work on a connection. */
    interface Work {
        void run() throws SQLException;
    }

    static void inOneTransaction(Connection connection, Isolation isolation, Work work) throws SQLException {
        int before = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Levels.level(isolation));
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(before);
        }
    }
}
