package liquibase.ext.backfill.commands;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.TestDatabase;

/** The tables of pipeline runs, without foreign keys, so that orphans can be made. */
final class Runs implements AutoCloseable {
    static final String CREATED_BY = "system/pipeline_run.created_by";
    static final String NAME = "system/pipeline_run.name";

    private final TestDatabase product;
    private final PipelineTables tables;
    private final Connection connection;

    private Runs(TestDatabase product, PipelineTables tables, Connection connection) {
        this.product = product;
        this.tables = tables;
        this.connection = connection;
    }

    /** @param documents the type of the columns that hold JSON */
    static Runs createOn(FreshDatabase database, String documents) throws SQLException {
        Connection connection = database.connect();
        PipelineTables tables = PipelineTables.on(database.product())
                .loose()
                .withDocuments(documents)
                .withCreator("varchar(300)");
        return new Runs(database.product(), tables.create(connection), connection);
    }

    boolean isMySql() {
        return product == TestDatabase.MYSQL || product == TestDatabase.MARIADB;
    }

    /** A run whose execution is not there. */
    void add(String id, String createdBy, String extraData) throws SQLException {
        tables.add(connection, new PipelineTables.Run(id, createdBy, extraData, false, null));
    }

    void annotate(String id, String key, String value) throws SQLException {
        tables.add(connection, new Annotation(id, key, value));
    }

    void removeRun(String id) throws SQLException {
        update("DELETE FROM pipeline_run WHERE id = ?", id);
    }

    void removeAnnotation(String id, String key) throws SQLException {
        update(
                "DELETE FROM pipeline_run_annotation WHERE pipeline_run_id = ? AND %s = ?".formatted(tables.key()),
                id,
                key);
    }

    void setCreatedBy(String id, String createdBy) throws SQLException {
        update("UPDATE pipeline_run SET created_by = ? WHERE id = ?", createdBy, id);
    }

    void dropIdentity() throws SQLException {
        tables.dropIdentity(connection);
    }

    long count(String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT COUNT(*) FROM pipeline_run_annotation WHERE %s = ?".formatted(tables.key()))) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Every annotation, for comparing before with after. */
    Set<Annotation> annotations() throws SQLException {
        return Set.copyOf(tables.annotations(connection));
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
