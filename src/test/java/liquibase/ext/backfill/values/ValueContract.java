package liquibase.ext.backfill.values;

import static liquibase.ext.backfill.testing.PipelineTables.Annotation;
import static liquibase.ext.backfill.testing.PipelineTables.Run;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.RefusedRow;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.values.ExistingRow.Collation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The value contract on one database: all cases are stored in one database, the three backfills run over it, and each
 * case is then a test of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ValueContract {
    private final Collation collation;
    private final Set<StoredCase> refused = new HashSet<>();
    private final List<StoredRow> rows = new ArrayList<>();
    private final List<StoredCase> cases = new ArrayList<>();
    private Store store;
    private FreshDatabase database;
    private Connection connection;
    private PipelineTables tables;
    private List<Annotation> table;
    private List<BackfillResult> results;

    ValueContract(Store store, Collation collation) {
        this.store = store;
        this.collation = collation;
    }

    /** A case in one of its places. */
    record StoredCase(String runId, ValueCase content, Place place) {
        Run run() {
            return place.run(runId, content.content());
        }

        List<Annotation> annotations(Store store) {
            String value = content.valueOn(store);
            String name = content.isUnreadableOn(store) ? "" : place.name(value);
            return List.of(
                    new Annotation(runId, SystemAnnotations.CREATED_BY, place.creator(value)),
                    new Annotation(runId, SystemAnnotations.NAME, name));
        }

        @Override
        public String toString() {
            return content.title() + ", as " + place;
        }
    }

    /** A run that has an annotation already. */
    record StoredRow(String runId, ExistingRow row) {
        Run run() {
            return Run.of(runId, "creator", "{\"pipeline_name\": \"name\"}", "{}");
        }

        Annotation existing() {
            return new Annotation(runId, row.key(), row.value());
        }

        List<Annotation> annotations(Collation collation) {
            List<Annotation> all = new ArrayList<>(List.of(
                    new Annotation(runId, SystemAnnotations.CREATED_BY, "creator"),
                    new Annotation(runId, SystemAnnotations.NAME, "name")));
            all.removeIf(annotation -> annotation.key().equals(row.standsFor()) && collation.takes(row));
            all.add(existing());
            return all;
        }

        @Override
        public String toString() {
            return row.title();
        }
    }

    Connection connect(FreshDatabase fresh) throws SQLException {
        return fresh.connect();
    }

    /** The tables, with a {@code created_by} that holds more than an annotation does. */
    PipelineTables tables() {
        return PipelineTables.on(store.product()).withCreator("varchar(1000)");
    }

    @BeforeAll
    void store_everything_and_run_the_backfills() throws SQLException {
        database = store.product().freshDatabase();
        connection = connect(database);
        store = store == Store.MYSQL ? Store.ofMysql(connection) : store;
        tables = tables().create(connection);
        storeCases();
        storeExistingRows();
        results = run(SystemAnnotations.all());
        table = tables.annotations(connection);
    }

    @AfterAll
    void drop() throws SQLException {
        if (connection != null) {
            connection.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_stored_content_says_what_the_table_of_cases_says(StoredCase stored) {
        if (stored.content().isRefusedBy(store)) {
            assertThat(refused)
                    .as("contents that %s refuses to store", store.title())
                    .contains(stored);
        } else {
            assertThat(annotationsOf(stored.runId()))
                    .as(
                            "%s, as %s: %s",
                            stored, store.title(), abridged(stored.content().content()))
                    .containsExactlyInAnyOrderElementsOf(stored.annotations(store));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void an_existing_row_stays_as_it_is(StoredRow stored) {
        assertThat(annotationsOf(stored.runId()))
                .as("%s: %s", stored, stored.existing())
                .containsExactlyInAnyOrderElementsOf(stored.annotations(collation));
    }

    @Test
    void only_the_contents_that_the_table_names_are_refused() {
        assertThat(refused).allMatch(stored -> stored.content().isRefusedBy(store));
    }

    @Test
    void nothing_else_is_in_the_table_of_annotations() {
        Set<Annotation> unexpected = new HashSet<>(table);
        expectedTable().forEach(unexpected::remove);

        assertThat(unexpected).isEmpty();
    }

    @Test
    void each_backfill_reports_the_rows_that_it_inserted() {
        assertThat(results.stream()
                        .mapToLong(result -> result.counts().inserted())
                        .sum())
                .isEqualTo(expectedTable().size() - rows.size());
    }

    @Test
    void each_content_that_cannot_be_read_is_reported_and_nothing_else() {
        Set<String> unreadable = cases.stream()
                .filter(stored -> stored.content().isUnreadableOn(store))
                .map(StoredCase::runId)
                .collect(Collectors.toSet());

        assertThat(results.stream().flatMap(result -> result.refused().stream()).map(RefusedRow::key))
                .hasSameElementsAs(unreadable);
    }

    @Test
    void a_second_run_inserts_nothing() throws SQLException {
        assertThat(run(SystemAnnotations.all()))
                .allSatisfy(again -> assertThat(again.counts().inserted()).isZero());
        assertThat(tables.annotations(connection)).containsExactlyInAnyOrderElementsOf(table);
    }

    @Test
    void the_order_of_the_backfills_changes_nothing() throws SQLException {
        tables.clearAnnotations(connection);
        for (StoredRow row : rows) {
            tables.add(connection, row.existing());
        }
        List<BackfillDefinition> reversed = new ArrayList<>(SystemAnnotations.all());
        Collections.reverse(reversed);

        run(reversed);

        assertThat(tables.annotations(connection)).containsExactlyInAnyOrderElementsOf(table);
    }

    List<StoredCase> cases() {
        return cases;
    }

    List<StoredRow> rows() {
        return rows;
    }

    private void storeCases() throws SQLException {
        for (ValueCase content : ValueCases.of(store).toList()) {
            for (Place place : content.places()) {
                var stored = new StoredCase("case-" + cases.size(), content, place);
                cases.add(stored);
                try {
                    tables.add(connection, stored.run());
                } catch (SQLException e) {
                    refused.add(stored);
                }
            }
        }
    }

    private void storeExistingRows() throws SQLException {
        for (ExistingRow row : ExistingRow.ALL) {
            var stored = new StoredRow("row-" + rows.size(), row);
            rows.add(stored);
            tables.add(connection, stored.run());
            tables.add(connection, stored.existing());
        }
    }

    private List<BackfillResult> run(List<BackfillDefinition> definitions) throws SQLException {
        List<BackfillResult> all = new ArrayList<>();
        for (BackfillDefinition definition : definitions) {
            all.add(BackfillEngine.on(connection).run(definition));
        }
        return all;
    }

    private List<Annotation> annotationsOf(String runId) {
        return table.stream()
                .filter(annotation -> annotation.runId().equals(runId))
                .toList();
    }

    private List<Annotation> expectedTable() {
        return Stream.concat(
                        cases.stream()
                                .filter(stored -> !stored.content().isRefusedBy(store))
                                .flatMap(stored -> stored.annotations(store).stream()),
                        rows.stream().flatMap(stored -> stored.annotations(collation).stream()))
                .toList();
    }

    private static String abridged(Object content) {
        String text = String.valueOf(content);
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
