package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import java.util.List;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;

/** What no backfill can be cheaper than: the same rows, into the same table, by somebody who need not look what is missing. */
enum Floor implements Variant {
    EXPRESSIONS("floor: our expressions, no anti-join") {
        @Override
        List<String> statements(Connection connection) throws Exception {
            Dialect dialect = Dialects.of(connection);
            String inExtraData = dialect.readableJsonString("r.extra_data", List.of("pipeline_name"));
            String inSpec = dialect.readableJsonString("e.task_spec", List.of("componentRef", "spec", "name"));
            return List.of(
                    old(Original.CREATED_BY, dialect.cut("COALESCE(r.created_by, '')", 255), ""),
                    old(
                            Original.NAME,
                            dialect.cut("COALESCE(%s, %s, '')".formatted(inExtraData, inSpec), 255),
                            " LEFT JOIN execution_node e ON e.id = r.root_execution_id"));
        }
    },

    PREPARED("floor: the same values from a prepared table") {
        @Override
        public void prepare(Connection connection) throws Exception {
            Workload.execute(
                    connection,
                    List.of(
                            "CREATE TABLE prepared AS SELECT * FROM pipeline_run_annotation WHERE 1 = 0",
                            EXPRESSIONS.statements(connection).get(0).replace("pipeline_run_annotation", "prepared"),
                            EXPRESSIONS.statements(connection).get(1).replace("pipeline_run_annotation", "prepared")));
        }

        /** In the order of the two keys, as the others insert them. */
        @Override
        List<String> statements(Connection connection) {
            return List.of("INSERT INTO pipeline_run_annotation SELECT * FROM prepared");
        }
    },

    CONSTANTS("floor: constants") {
        @Override
        List<String> statements(Connection connection) {
            return List.of(old(Original.CREATED_BY, "'constant'", ""), old(Original.NAME, "'constant'", ""));
        }

        @Override
        public boolean writesTheValues() {
            return false;
        }
    };

    private final String label;

    Floor(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    abstract List<String> statements(Connection connection) throws Exception;

    @Override
    public void run(Connection connection) throws Exception {
        Workload.execute(connection, statements(connection));
    }

    /** For the runs that are known to lack their annotations. */
    private static String old(String key, String value, String joins) {
        return "INSERT INTO pipeline_run_annotation SELECT r.id, '%s', %s FROM pipeline_run r%s WHERE r.created_at < '%s'"
                .formatted(key, value, joins, Workload.ANNOTATED_SINCE);
    }
}
