package liquibase.ext.backfill.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillInspection;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.CheckpointTable;
import liquibase.ext.backfill.engine.Finding;
import liquibase.ext.backfill.pipelineruns.NewRun;
import liquibase.ext.backfill.pipelineruns.SystemAnnotationMirror;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The mirror and the backfills give the same annotations for the same input, on one database: all texts of the value
 * contract are stored, the backfills run over them, their rows are removed, and the mirror writes them again from what a
 * service had in its hands.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MirrorValueContract {
    /** Beside the creators of the value contract. A driver has its own way with half a character. */
    private static final List<ValueCase> ODD_CREATORS = Stream.of(
                    "a\0b", "\0", "x\0".repeat(200), "a\ud83db", "a\ude00b", "\ude00\ud83d", "\ud83d\ud83d\ude00")
            .map(text -> ValueCase.of(Texts.escaped(text), text, Place.CREATED_BY)
                    .is(text.substring(0, Math.min(255, text.length())).replace('\0', '\ufffd')))
            .toList();

    private static final Set<Finding> SOUND = EnumSet.of(Finding.EXACT, Finding.TRUNCATED);
    private static final Set<Finding> SOUND_AND_OTHER = EnumSet.of(Finding.EXACT, Finding.TRUNCATED, Finding.OTHER);

    private final List<Mirrored> stored = new ArrayList<>();
    private final List<Mirrored> refused = new ArrayList<>();
    private Store store;
    private FreshDatabase database;
    private Connection connection;
    private List<Annotation> backfilled;
    private List<Annotation> mirrored;
    private Map<Finding, Long> findings;
    private long insertedAfterwards;

    MirrorValueContract(Store store) {
        this.store = store;
    }

    /** A case in one of its places, and the text that it is about as a service has it before it stores anything. */
    record Mirrored(String runId, ValueCase content, Place place, String text) {
        NewRun asNew() {
            return place == Place.CREATED_BY
                    ? new NewRun(runId, text, place.name(text))
                    : new NewRun(runId, place.creator(text), text);
        }

        String key() {
            return place == Place.CREATED_BY ? SystemAnnotations.CREATED_BY : SystemAnnotations.NAME;
        }

        @Override
        public String toString() {
            return content.title() + ", as " + place;
        }
    }

    Connection connect(FreshDatabase fresh) throws SQLException {
        return fresh.connect();
    }

    PipelineTables tables() {
        return PipelineTables.on(store.product()).withCreator("varchar(1000)");
    }

    @BeforeAll
    void backfill_and_then_mirror_everything() throws SQLException {
        database = store.product().freshDatabase();
        connection = connect(database);
        store = store == Store.MYSQL ? Store.ofMysql(connection) : store;
        PipelineTables tables = tables().create(connection);
        storeCases(tables);
        backfill();
        backfilled = tables.annotations(connection);

        tables.clearAnnotations(connection);
        mirror(stored);
        findings = findings();
        insertedAfterwards = backfill();
        for (Mirrored each : refused) {
            tables.add(connection, Run.of(each.runId(), null, null, "{}"));
        }
        mirror(refused);
        mirrored = tables.annotations(connection);
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

    private void storeCases(PipelineTables tables) {
        Stream.concat(ValueCases.of(store), ODD_CREATORS.stream()).forEach(content -> content.places().stream()
                .filter(place -> EnumSet.of(Place.NAME_IN_EXTRA_DATA, Place.NAME_IN_TASK_SPEC, Place.CREATED_BY)
                        .contains(place))
                .filter(place -> place == Place.CREATED_BY || Texts.isJsonString((String) content.content()))
                .forEach(place -> store(tables, content, place)));
    }

    private void store(PipelineTables tables, ValueCase content, Place place) {
        String source = (String) content.content();
        String text = place == Place.CREATED_BY ? source : Texts.ofJsonString(source);
        var each = new Mirrored("case-" + (stored.size() + refused.size()), content, place, text);
        try {
            tables.add(connection, place.run(each.runId(), source));
            stored.add(each);
        } catch (SQLException e) {
            refused.add(each);
        }
    }

    private long backfill() throws SQLException {
        long inserted = 0;
        for (BackfillDefinition definition : SystemAnnotations.all()) {
            inserted += BackfillEngine.on(connection).run(definition).counts().inserted();
        }
        return inserted;
    }

    private void mirror(List<Mirrored> cases) throws SQLException {
        new SystemAnnotationMirror(Schema.DEFAULT, warning -> {})
                .write(connection, cases.stream().map(Mirrored::asNew).toList());
    }

    private Map<Finding, Long> findings() throws SQLException {
        var inspection =
                new BackfillInspection(connection, Schema.DEFAULT, CheckpointTable.DEFAULT, BackfillOptions.defaults());
        Map<Finding, Long> found = new EnumMap<>(Finding.class);
        for (BackfillDefinition definition :
                List.of(SystemAnnotations.createdBy(), SystemAnnotations.nameFromComponentSpec())) {
            inspection
                    .verify(definition)
                    .findings()
                    .forEach((finding, rows) -> found.merge(finding, rows.rows(), Long::sum));
        }
        return found;
    }

    List<Mirrored> stored() {
        return stored;
    }

    List<Mirrored> refused() {
        return refused;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stored")
    void the_mirror_writes_what_the_backfills_write(Mirrored each) {
        if (each.content().isUnreadableOn(store)) {
            assertThat(valueOf(each, mirrored)).isEqualTo(each.content().value());
        } else {
            assertThat(valueOf(each, mirrored)).isEqualTo(valueOf(each, backfilled));
        }
    }

    /** Where the database refuses the source, nothing tells what a backfill would write but the contract. */
    @Test
    void a_text_that_the_database_refuses_in_the_source_is_written_as_the_contract_says() {
        assertThat(refused).allSatisfy(each -> assertThat(valueOf(each, mirrored))
                .isEqualTo(each.content().value()));
    }

    /** SQLite hands half a character of a document on as bytes that no driver can write; MySQL 8.0 cannot read it. */
    @Test
    void a_verification_has_nothing_to_say_but_about_half_a_character() {
        long halves = stored.stream()
                .filter(each -> each.place() != Place.CREATED_BY && Texts.hasHalfACharacter(each.text()))
                .filter(each -> store == Store.SQLITE || each.content().isUnreadableOn(store))
                .count();

        assertThat(findings).containsOnlyKeys((halves == 0 ? SOUND : SOUND_AND_OTHER).toArray(Finding[]::new));
        assertThat(findings.getOrDefault(Finding.OTHER, 0L)).isEqualTo(halves);
    }

    @Test
    void a_backfill_finds_nothing_to_do_after_the_mirror() {
        assertThat(insertedAfterwards).isZero();
        assertThat(backfilled).hasSize(2 * stored.size());
    }

    private static String valueOf(Mirrored each, List<Annotation> annotations) {
        return annotations.stream()
                .filter(annotation -> annotation.runId().equals(each.runId())
                        && annotation.key().equals(each.key()))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
