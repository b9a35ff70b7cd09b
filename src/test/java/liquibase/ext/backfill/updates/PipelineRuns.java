package liquibase.ext.backfill.updates;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.TestDatabase;

/** The service whose runs are backfilled: writes and reads its tables, in SQL that all four databases understand. */
final class PipelineRuns {
    static final String CREATED_BY = SystemAnnotations.CREATED_BY;
    static final String NAME = SystemAnnotations.NAME;

    private final Connection connection;
    private final PipelineTables tables;
    private final String in;
    private final String key;

    PipelineRuns(TestDatabase product, Connection connection) {
        this(connection, PipelineTables.on(product).loose(), "");
    }

    private PipelineRuns(Connection connection, PipelineTables tables, String in) {
        this.connection = connection;
        this.tables = tables;
        this.in = in;
        this.key = tables.key();
    }

    /** The tables of the same names in another schema (PostgreSQL) or database (MySQL, MariaDB). */
    PipelineRuns in(String schema) {
        return new PipelineRuns(connection, tables.in(schema), schema + ".");
    }

    /** The tables as a service might own them: no foreign key, and an index that ours do not have. */
    void createTables() throws SQLException {
        tables.create(connection);
        execute("CREATE INDEX ix_of_the_service ON %spipeline_run (created_by)".formatted(in));
    }

    void dropIdentity() throws SQLException {
        tables.dropIdentity(connection);
    }

    void add(Run... runs) throws SQLException {
        add(Arrays.asList(runs));
    }

    void add(Collection<Run> runs) throws SQLException {
        var executions = new StringJoiner(", ", "INSERT INTO " + in + "execution_node (id, task_spec) VALUES ", "");
        var rows = new StringJoiner(
                ", ", "INSERT INTO " + in + "pipeline_run (id, root_execution_id, created_by, extra_data) VALUES ", "");
        for (Run run : runs) {
            executions.add("(%s, %s)".formatted(text(run.id()), text(run.taskSpec())));
            rows.add("(%s, %s, %s, %s)"
                    .formatted(text(run.id()), text(run.id()), text(run.createdBy()), text(run.extraData())));
        }
        execute(executions.toString());
        execute(rows.toString());
    }

    void annotate(String run, String annotationKey, String value) throws SQLException {
        execute("INSERT INTO %spipeline_run_annotation (pipeline_run_id, %s, value) VALUES (%s, %s, %s)"
                .formatted(in, key, text(run), text(annotationKey), text(value)));
    }

    void removeAnnotation(String run, String annotationKey) throws SQLException {
        execute("DELETE FROM %spipeline_run_annotation WHERE pipeline_run_id = %s AND %s = %s"
                .formatted(in, text(run), key, text(annotationKey)));
    }

    /** All annotations: {@code run/key → value}. */
    Map<String, String> annotations() throws SQLException {
        return read("SELECT pipeline_run_id, %s, value FROM %spipeline_run_annotation".formatted(key, in)).stream()
                .collect(Collectors.toMap(
                        row -> row.get(0) + "/" + row.get(1), row -> row.get(2), (a, b) -> a, TreeMap::new));
    }

    /** What {@link #annotations()} has to be, once all of these runs are in parity. */
    static Map<String, String> inParity(Collection<Run> runs) {
        Map<String, String> annotations = new TreeMap<>();
        for (Run run : runs) {
            annotations.put(run.id() + "/" + CREATED_BY, run.creator());
            annotations.put(run.id() + "/" + NAME, run.name());
        }
        return annotations;
    }

    /** Every column of Liquibase's own record. */
    List<List<String>> changelog() throws SQLException {
        return read("SELECT * FROM %s ORDER BY ORDEREXECUTED, ID".formatted(table("DATABASECHANGELOG")));
    }

    /** Changesets that Liquibase remembers as run. */
    List<String> recorded() throws SQLException {
        return read("SELECT ID FROM %s ORDER BY ORDEREXECUTED, ID".formatted(table("DATABASECHANGELOG"))).stream()
                .map(row -> row.get(0))
                .toList();
    }

    /** The checkpoint of a backfill: state, key reached. */
    List<String> checkpoint(String backfill) throws SQLException {
        return read("SELECT STATE, KEY_REACHED FROM %s WHERE NAME = %s"
                        .formatted(table("DATABASECHANGELOGBACKFILL"), text(backfill)))
                .get(0);
    }

    boolean hasTable(String name) throws SQLException {
        var metaData = connection.getMetaData();
        for (String spelling : List.of(name, name.toLowerCase(Locale.ROOT))) {
            try (ResultSet tables = metaData.getTables(
                    connection.getCatalog(), connection.getSchema(), spelling, new String[] {"TABLE"})) {
                if (tables.next()) {
                    return true;
                }
            }
        }
        return false;
    }

    List<List<String>> read(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(rows.getString(column)));
                }
                all.add(row);
            }
            return all;
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String table(String name) {
        return in + name;
    }

    private static String text(String value) {
        return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
    }
}
