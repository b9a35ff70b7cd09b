package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens around a refused row at one exact moment. */
class RefusedRowTest {
    private static final int SQLITE_BUSY = 5;

    private FreshDatabase database;
    private Connection connection;
    private PipelineTables tables;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.SQLITE.freshDatabase();
        connection = database.connect();
        tables = PipelineTables.on(TestDatabase.SQLITE)
                .withCheck("value <> 'forbidden'")
                .create(connection);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void a_good_row_is_not_taken_for_a_bad_one_that_came_into_its_chunk() throws SQLException {
        add("k1", "alice");
        add("k9", "bob");
        List<String> transactions = new ArrayList<>();

        BackfillResult result = run((method, argument) -> {
            if (method.equals("setAutoCommit") && argument.equals(false)) {
                transactions.add(method);
                if (transactions.size() == 2) { // The second chunk was cut, and has the one row k9.
                    add("k5", "forbidden");
                }
            }
        });

        assertThat(tables.annotations(connection))
                .containsExactlyInAnyOrder(annotation("k1", "alice"), annotation("k5", ""), annotation("k9", "bob"));
        assertThat(result.refused()).extracting(RefusedRow::key).containsExactly("k5");
    }

    @Test
    void a_conflict_while_the_last_resort_is_written_is_repeated() throws SQLException {
        add("k1", "forbidden");
        List<String> lastResorts = new ArrayList<>();

        BackfillResult result = run((method, argument) -> {
            boolean writes =
                    method.equals("prepareStatement") && argument.toString().startsWith("INSERT INTO \"pipeline");
            if (writes && !argument.toString().contains("created_by\",")) {
                lastResorts.add(argument.toString());
                if (lastResorts.size() == 1) {
                    throw new SQLException("a writer was faster", "", SQLITE_BUSY);
                }
            }
        });

        assertThat(lastResorts).hasSize(2);
        assertThat(result.counts().retries()).isEqualTo(1);
        assertThat(result.refused()).extracting(RefusedRow::key).containsExactly("k1");
        assertThat(tables.annotations(connection)).containsExactly(annotation("k1", ""));
    }

    private interface Before {
        void call(String method, Object firstArgument) throws SQLException;
    }

    private BackfillResult run(Before before) throws SQLException {
        var engine = new BackfillEngine(
                observed(before),
                Schema.DEFAULT,
                CheckpointTable.DEFAULT,
                BackfillOptions.builder().chunkRows(1).build(),
                BackfillListener.NONE,
                Time.system());
        return engine.run(SystemAnnotations.createdBy());
    }

    private Connection observed(Before before) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (arguments != null) {
                        before.call(method.getName(), arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void add(String id, String creator) throws SQLException {
        tables.add(connection, Run.of(id, creator, null, "{}"));
    }

    private static Annotation annotation(String id, String value) {
        return new Annotation(id, SystemAnnotations.CREATED_BY, value);
    }
}
