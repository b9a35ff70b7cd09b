package liquibase.ext.backfill.commands;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;

/** The tables of pipeline runs, without foreign keys, so that orphans can be made. */
final class Runs implements AutoCloseable {
    static final String CREATED_BY = "system/pipeline_run.created_by";
    static final String NAME = "system/pipeline_run.name";

    private final FreshDatabase database;
    private final Connection connection;
    private final String documents;

    private Runs(FreshDatabase database, Connection connection, String documents) {
        this.database = database;
        this.connection = connection;
        this.documents = documents;
    }

    static Runs createOn(FreshDatabase database) throws SQLException {
        return createOn(database, "json");
    }

    /** @param documents the type of the columns that hold JSON */
    static Runs createOn(FreshDatabase database, String documents) throws SQLException {
        Connection connection = database.connect();
        var runs = new Runs(database, connection, documents);
        runs.execute(
                "CREATE TABLE execution_node (id varchar(20) NOT NULL PRIMARY KEY, task_spec %s)".formatted(documents));
        runs.execute("""
                CREATE TABLE pipeline_run (
                  id varchar(20) NOT NULL PRIMARY KEY,
                  root_execution_id varchar(20),
                  created_by varchar(300),
                  extra_data %s)""".formatted(documents));
        runs.execute("""
                CREATE TABLE pipeline_run_annotation (
                  pipeline_run_id varchar(20) NOT NULL,
                  %s varchar(255) NOT NULL,
                  value varchar(255),
                  CONSTRAINT annotation_identity PRIMARY KEY (pipeline_run_id, %1$s))""".formatted(runs.key()));
        return runs;
    }

    private String key() {
        return isMySql() ? "`key`" : "\"key\"";
    }

    boolean isMySql() {
        return database.product() == TestDatabase.MYSQL || database.product() == TestDatabase.MARIADB;
    }

    /** A run whose execution has no document. */
    void add(String id, String createdBy, String extraData) throws SQLException {
        String document = database.product() == TestDatabase.POSTGRESQL ? "CAST(? AS " + documents + ")" : "?";
        update(
                "INSERT INTO pipeline_run (id, created_by, extra_data) VALUES (?, ?, %s)".formatted(document),
                id,
                createdBy,
                extraData);
    }

    void annotate(String id, String key, String value) throws SQLException {
        update(
                "INSERT INTO pipeline_run_annotation (pipeline_run_id, %s, value) VALUES (?, ?, ?)".formatted(key()),
                id,
                key,
                value);
    }

    void removeRun(String id) throws SQLException {
        update("DELETE FROM pipeline_run WHERE id = ?", id);
    }

    void removeAnnotation(String id, String key) throws SQLException {
        update("DELETE FROM pipeline_run_annotation WHERE pipeline_run_id = ? AND %s = ?".formatted(key()), id, key);
    }

    void setCreatedBy(String id, String createdBy) throws SQLException {
        update("UPDATE pipeline_run SET created_by = ? WHERE id = ?", createdBy, id);
    }

    /** Takes the constraint away that keeps two writers from making doubles. */
    void dropIdentity() throws SQLException {
        if (database.product() == TestDatabase.SQLITE) {
            execute("CREATE TABLE copy AS SELECT * FROM pipeline_run_annotation");
            execute("DROP TABLE pipeline_run_annotation");
            execute("ALTER TABLE copy RENAME TO pipeline_run_annotation");
        } else if (isMySql()) {
            execute("ALTER TABLE pipeline_run_annotation DROP PRIMARY KEY");
        } else {
            execute("ALTER TABLE pipeline_run_annotation DROP CONSTRAINT annotation_identity");
        }
    }

    long count(String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT COUNT(*) FROM pipeline_run_annotation WHERE %s = ?".formatted(key()))) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Every annotation, for comparing before with after. */
    List<String> annotations() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT pipeline_run_id, %s, value FROM pipeline_run_annotation ORDER BY 1, 2"
                                .formatted(key()))) {
            List<String> annotations = new ArrayList<>();
            while (rows.next()) {
                annotations.add(rows.getString(1) + "/" + rows.getString(2) + "=" + rows.getString(3));
            }
            return annotations;
        }
    }

    /** The names of all tables, in upper case. */
    Set<String> tables() throws SQLException {
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
            Set<String> names = new TreeSet<>();
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME").toUpperCase(Locale.ROOT));
            }
            return names;
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void update(String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
