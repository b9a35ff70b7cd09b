package liquibase.ext.backfill.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The three tables of pipeline runs by plain DDL. Unless varied they are what the shipped changelog makes, without the
 * columns and indexes that no backfill reads.
 *
 * @param product which database they are for
 * @param schema the schema (PostgreSQL) or database (MySQL, MariaDB) that holds them, or null for the connection's own
 * @param documents the type of the columns that hold JSON
 * @param creator the type of {@code pipeline_run.created_by}
 * @param options what stands behind each {@code CREATE TABLE}
 * @param strict whether there are foreign keys, and NOT NULL on {@code execution_node.task_spec}
 * @param check a condition on the value of an annotation
 */
public record PipelineTables(
        TestDatabase product,
        String schema,
        String documents,
        String creator,
        String options,
        boolean strict,
        String check) {

    public static PipelineTables on(TestDatabase product) {
        return new PipelineTables(product, null, "json", "varchar(255)", "", true, "1 = 1");
    }

    public PipelineTables in(String otherSchema) {
        return new PipelineTables(product, otherSchema, documents, creator, options, strict, check);
    }

    public PipelineTables withDocuments(String type) {
        return new PipelineTables(product, schema, type, creator, options, strict, check);
    }

    public PipelineTables withCreator(String type) {
        return new PipelineTables(product, schema, documents, type, options, strict, check);
    }

    public PipelineTables withOptions(String tableOptions) {
        return new PipelineTables(product, schema, documents, creator, tableOptions, strict, check);
    }

    /** Without foreign keys, and with NULL allowed where a document is expected. */
    public PipelineTables loose() {
        return new PipelineTables(product, schema, documents, creator, options, false, check);
    }

    /** Refuses annotations whose {@code value} does not meet a condition. */
    public PipelineTables withCheck(String condition) {
        return new PipelineTables(product, schema, documents, creator, options, strict, condition);
    }

    public PipelineTables create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE %s (
                      id varchar(20) NOT NULL PRIMARY KEY,
                      task_spec %s %s) %s""".formatted(table("execution_node"), documents, strict ? "NOT NULL" : "", options));
            statement.execute("""
                    CREATE TABLE %s (
                      id varchar(20) NOT NULL PRIMARY KEY,
                      root_execution_id varchar(20) NOT NULL,
                      created_by %s,
                      extra_data %s%s) %s""".formatted(
                            table("pipeline_run"),
                            creator,
                            documents,
                            foreignKey("root_execution_id", "execution_node"),
                            options));
            statement.execute("""
                    CREATE TABLE %s (
                      pipeline_run_id varchar(20) NOT NULL,
                      %s varchar(255) NOT NULL,
                      value varchar(255),
                      PRIMARY KEY (pipeline_run_id, %2$s)%s,
                      CONSTRAINT annotation_value CHECK (%s)) %s""".formatted(
                            table("pipeline_run_annotation"),
                            key(),
                            foreignKey("pipeline_run_id", "pipeline_run"),
                            check,
                            options));
        }
        return this;
    }

    /** Adds a run, and its root execution if it has one. What the database refuses leaves neither. */
    public void add(Connection connection, Run run) throws SQLException {
        connection.setAutoCommit(false);
        try {
            if (run.executed()) {
                insert(
                        connection,
                        "execution_node (id, task_spec)",
                        document(run.taskSpec()),
                        run.id(),
                        run.taskSpec());
            }
            insert(
                    connection,
                    "pipeline_run (id, root_execution_id, created_by, extra_data)",
                    "?, ?, " + document(run.extraData()),
                    run.id(),
                    run.id(),
                    run.createdBy(),
                    run.extraData());
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    public void add(Connection connection, Annotation annotation) throws SQLException {
        insert(
                connection,
                "pipeline_run_annotation (pipeline_run_id, " + key() + ", value)",
                "?, ?",
                annotation.runId(),
                annotation.key(),
                annotation.value());
    }

    /** All annotations, in no order. */
    public List<Annotation> annotations(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pipeline_run_id, %s, value FROM %s"
                        .formatted(key(), table("pipeline_run_annotation")))) {
            List<Annotation> annotations = new ArrayList<>();
            while (rows.next()) {
                annotations.add(new Annotation(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
            return annotations;
        }
    }

    /** Removes all rows. */
    public void clear(Connection connection) throws SQLException {
        clearAnnotations(connection);
        delete(connection, "pipeline_run");
        delete(connection, "execution_node");
    }

    public void clearAnnotations(Connection connection) throws SQLException {
        delete(connection, "pipeline_run_annotation");
    }

    /** Takes the constraint away that keeps two writers from making doubles. */
    public void dropIdentity(Connection connection) throws SQLException {
        String annotations = table("pipeline_run_annotation");
        try (Statement statement = connection.createStatement()) {
            switch (product) {
                case SQLITE -> {
                    statement.execute("CREATE TABLE copy AS SELECT * FROM " + annotations);
                    statement.execute("DROP TABLE " + annotations);
                    statement.execute("ALTER TABLE copy RENAME TO " + annotations);
                }
                case MYSQL, MARIADB -> statement.execute("ALTER TABLE %s DROP PRIMARY KEY".formatted(annotations));
                case POSTGRESQL ->
                    statement.execute(
                            "ALTER TABLE %s DROP CONSTRAINT pipeline_run_annotation_pkey".formatted(annotations));
            }
        }
    }

    /** The name of one of the tables as it stands in a statement. */
    public String table(String name) {
        return schema == null ? name : schema + "." + name;
    }

    private void delete(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM " + table(table));
        }
    }

    private void insert(Connection connection, String into, String values, Object... parameters) throws SQLException {
        String sql = "INSERT INTO %s VALUES (?, %s)".formatted(table(into), values);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int index = 1;
            for (Object parameter : parameters) {
                if (!(parameter instanceof SqlText)) {
                    statement.setObject(index++, parameter);
                }
            }
            statement.executeUpdate();
        }
    }

    /** PostgreSQL takes no text for a column of a JSON type. */
    private String document(Object content) {
        if (content instanceof SqlText expression) {
            return expression.sql();
        }
        return product == TestDatabase.POSTGRESQL ? "CAST(? AS " + documents + ")" : "?";
    }

    private String foreignKey(String column, String table) {
        return strict ? ",\n  FOREIGN KEY (%s) REFERENCES %s (id)".formatted(column, table(table)) : "";
    }

    /** The column {@code key} as it stands in a statement. */
    public String key() {
        return product == TestDatabase.MYSQL || product == TestDatabase.MARIADB ? "`key`" : "\"key\"";
    }

    /**
     * A run and its root execution, which has the same id.
     *
     * @param extraData null, a text or a {@link SqlText}
     * @param executed whether the root execution exists
     * @param taskSpec the root execution's, like {@code extraData}
     */
    public record Run(String id, String createdBy, Object extraData, boolean executed, Object taskSpec) {
        public static Run of(String id, String createdBy, Object extraData, Object taskSpec) {
            return new Run(id, createdBy, extraData, true, taskSpec);
        }
    }

    /** One row of {@code pipeline_run_annotation}. */
    public record Annotation(String runId, String key, String value) {}

    /** A stored value by the SQL expression that makes it. */
    public record SqlText(String sql) {
        @Override
        public String toString() {
            return sql;
        }
    }
}
