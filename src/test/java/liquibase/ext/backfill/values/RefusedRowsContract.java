package liquibase.ext.backfill.values;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.CheckpointTable;
import liquibase.ext.backfill.engine.RefusedRow;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.faults.Chance;
import liquibase.ext.backfill.faults.Seeded;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import liquibase.ext.backfill.testing.TestDatabase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows whose values the database refuses: they get {@code ''} and are reported, and no other row is disturbed. */
@ExtendWith(Seeded.class)
abstract class RefusedRowsContract {
    private static final int RUNS = 40;
    private static final int CHUNK = 5;
    /** By rank of their keys: both ends of the table, both sides of a chunk's border, neighbours, a whole chunk. */
    private static final Set<Integer> REFUSED = Set.of(0, 4, 5, 11, 12, 20, 21, 22, 23, 24, 39);

    private static final List<String> MALFORMED = List.of(
            "",
            " ",
            "no JSON",
            "{\"pipeline_name\": \"x\"",
            "{\"pipeline_name\": \"x",
            "{\"pipeline_name\": \"x\"}}",
            "{\"pipeline_name\": \"x\"} x",
            "{\"pipeline_name\": \"x\", }x",
            "{\"pipeline_name\": \"x\", \"o\": }",
            "{\"pipeline_name\": \"x\", \"o\": [}",
            "{\"pipeline_name\": \"x\" \"o\": 1}",
            "{\"o\": nothing, \"pipeline_name\": \"x\"}",
            "{\"pipeline_name\": \"x\\u12\"}",
            "[{\"pipeline_name\": \"x\"]");

    private final TestDatabase product;
    private final List<String> keys = randomKeys();
    private FreshDatabase database;
    Connection connection;

    RefusedRowsContract(TestDatabase product) {
        this.product = product;
    }

    @BeforeEach
    void open() throws SQLException {
        database = product.freshDatabase();
        connection = database.connect();
    }

    @AfterEach
    void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    void a_creator_that_a_constraint_refuses_becomes_empty() throws SQLException {
        PipelineTables tables = tables().withCheck("value <> 'forbidden'").create(connection);
        for (String key : shuffled(keys)) {
            tables.add(connection, Run.of(key, isRefused(key) ? "forbidden" : "by " + key, null, "{}"));
        }

        BackfillResult result = run(SystemAnnotations.createdBy());

        assertReported(result, "annotation_value");
        assertThat(result.counts().inserted()).isEqualTo(RUNS);
        assertThat(result.parity().orElseThrow().holds()).isTrue();
        assertThat(tables.annotations(connection))
                .containsExactlyInAnyOrderElementsOf(annotations(SystemAnnotations.CREATED_BY, "by "));
    }

    /** A partial backfill has no last resort: it leaves the row to the backfill that completes the key. */
    @Test
    void a_name_that_a_constraint_refuses_becomes_empty() throws SQLException {
        PipelineTables tables = tables().withCheck("value <> 'forbidden'").create(connection);
        for (String key : shuffled(keys)) {
            String name = isRefused(key) ? "forbidden" : "run " + key;
            tables.add(connection, Run.of(key, null, "{\"pipeline_name\": \"%s\"}".formatted(name), "{}"));
        }

        BackfillResult partial = run(SystemAnnotations.nameFromExtraData());
        BackfillResult total = run(SystemAnnotations.nameFromComponentSpec());

        assertReported(partial, "annotation_value");
        assertReported(total, "annotation_value");
        assertThat(partial.counts().inserted()).isEqualTo(RUNS - REFUSED.size());
        assertThat(total.counts().inserted()).isEqualTo(REFUSED.size());
        assertThat(tables.annotations(connection))
                .containsExactlyInAnyOrderElementsOf(annotations(SystemAnnotations.NAME, "run "));
    }

    @Test
    void an_update_succeeds_and_warns_of_the_refused_rows() throws Exception {
        PipelineTables tables = tables().withCheck("value <> 'forbidden'").create(connection);
        for (String key : keys) {
            tables.add(connection, Run.of(key, isRefused(key) ? "forbidden" : "by " + key, null, "{}"));
        }

        List<String> warnings = Update.run(database);

        assertThat(warnings)
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .startsWith("Backfill pipeline_run.created_by: the database refused the values of 11 rows")
                .containsPattern("the first: \\[key " + keys.get(0) + " \\(.*annotation_value.*\\)]");
        assertThat(tables.annotations(connection))
                .hasSize(2 * RUNS)
                .containsAll(annotations(SystemAnnotations.CREATED_BY, "by "));
    }

    @Test
    void a_row_that_was_refused_is_not_tried_again() throws SQLException {
        PipelineTables tables = tables().withCheck("value <> 'forbidden'").create(connection);
        for (String key : keys) {
            tables.add(connection, Run.of(key, isRefused(key) ? "forbidden" : "by " + key, null, "{}"));
        }
        run(SystemAnnotations.createdBy());

        BackfillResult again = run(SystemAnnotations.createdBy());

        assertThat(again.outcome()).isEqualTo(BackfillResult.Outcome.ALREADY_COMPLETE);
        assertThat(again.counts().refused()).isZero();
    }

    @Test
    void malformed_json_in_a_text_column_becomes_empty() throws SQLException {
        PipelineTables tables = tables().withDocuments("text").create(connection);
        for (String key : shuffled(keys)) {
            String end = isRefused(key) ? "" : "}";
            tables.add(
                    connection,
                    Run.of(key, null, "{}", "{\"componentRef\": {\"spec\": {\"name\": \"run " + key + "\"}}" + end));
        }

        BackfillResult result = run(SystemAnnotations.nameFromComponentSpec());

        assertThat(tables.annotations(connection))
                .containsExactlyInAnyOrderElementsOf(annotations(SystemAnnotations.NAME, "run "));
        assertMalformed(result);
    }

    /** Whether a database refuses it or takes it as no value: what is left of it must not become a name. */
    @Test
    void a_malformed_text_never_becomes_a_name() throws SQLException {
        PipelineTables tables = tables().withDocuments("text").create(connection);
        Map<String, String> documents = new HashMap<>();
        for (String malformed : MALFORMED) {
            documents.put("bad-" + documents.size(), malformed);
        }
        documents.put("good", "{\"pipeline_name\": \"good\"}");
        for (Map.Entry<String, String> document : documents.entrySet()) {
            tables.add(connection, Run.of(document.getKey(), null, document.getValue(), "{}"));
        }

        run(SystemAnnotations.nameFromExtraData());
        run(SystemAnnotations.nameFromComponentSpec());

        assertThat(tables.annotations(connection)).hasSize(documents.size()).allSatisfy(annotation -> assertThat(
                        annotation.value())
                .as(documents.get(annotation.runId()))
                .isEqualTo(annotation.runId().equals("good") ? "good" : ""));
    }

    /** For the databases of which each table has a character set. */
    final void assertThatNamesOutsideLatin1AreRefused() throws SQLException {
        PipelineTables tables = tables().withOptions("CHARACTER SET latin1").create(connection);
        for (String key : keys) {
            String name = isRefused(key) ? "run 😀" : "run é " + key;
            tables.add(connection, Run.of(key, null, "{\"pipeline_name\": \"%s\"}".formatted(name), "{}"));
        }

        BackfillResult result = run(SystemAnnotations.nameFromComponentSpec());

        assertReported(result, "Incorrect string value");
        assertThat(tables.annotations(connection))
                .containsExactlyInAnyOrderElementsOf(annotations(SystemAnnotations.NAME, "run é "));
    }

    /** How a database takes malformed JSON that it finds in a text column. */
    abstract void assertMalformed(BackfillResult result);

    PipelineTables tables() {
        return PipelineTables.on(product);
    }

    /** The first rows come with their key and the database's reason; of the others the number is known. */
    final void assertReported(BackfillResult result, String reason) {
        assertThat(result.outcome()).isEqualTo(BackfillResult.Outcome.COMPLETED);
        assertThat(result.counts().refused()).isEqualTo(REFUSED.size());
        assertThat(result.refused())
                .extracting(RefusedRow::key)
                .containsExactlyElementsOf(
                        keys.stream().filter(this::isRefused).limit(10).toList());
        assertThat(result.refused()).allSatisfy(row -> assertThat(row.reason()).contains(reason));
    }

    final void assertNothingReported(BackfillResult result) {
        assertThat(result.outcome()).isEqualTo(BackfillResult.Outcome.COMPLETED);
        assertThat(result.counts().refused()).isZero();
    }

    final BackfillResult run(BackfillDefinition definition) throws SQLException {
        var engine = new BackfillEngine(
                connection,
                Schema.DEFAULT,
                CheckpointTable.DEFAULT,
                BackfillOptions.builder().chunkRows(CHUNK).build(),
                BackfillListener.NONE,
                Time.system());
        return engine.run(definition);
    }

    private List<Annotation> annotations(String annotationKey, String prefix) {
        return keys.stream()
                .map(key -> new Annotation(key, annotationKey, isRefused(key) ? "" : prefix + key))
                .toList();
    }

    private boolean isRefused(String key) {
        return REFUSED.contains(keys.indexOf(key));
    }

    /** In the order of every database's collation. */
    private List<String> randomKeys() {
        return Chance.of(getClass().getSimpleName() + " keys")
                .longs(0, Long.MAX_VALUE)
                .mapToObj(number -> "%016x".formatted(number))
                .distinct()
                .limit(RUNS)
                .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), List::copyOf));
    }

    private List<String> shuffled(List<String> list) {
        List<String> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, Chance.of(getClass().getSimpleName() + " order"));
        return shuffled;
    }
}
