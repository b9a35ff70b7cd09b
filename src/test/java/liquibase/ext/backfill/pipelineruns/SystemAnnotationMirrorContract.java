package liquibase.ext.backfill.pipelineruns;

import static liquibase.ext.backfill.pipelineruns.SystemAnnotations.CREATED_BY;
import static liquibase.ext.backfill.pipelineruns.SystemAnnotations.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Failure;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import liquibase.ext.backfill.testing.TestDatabase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The write path of a service, on one database: what is written for a new run, and what is warned of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SystemAnnotationMirrorContract {
    private final TestDatabase product;
    private final List<String> driverOptions;
    private final List<String> warnings = new ArrayList<>();
    private final SystemAnnotationMirror mirror = new SystemAnnotationMirror(Schema.DEFAULT, warnings::add);
    private FreshDatabase database;
    private Connection connection;
    private PipelineTables tables;

    /** @param driverOptions what may stand behind a url and changes how the driver sends a batch or counts rows */
    SystemAnnotationMirrorContract(TestDatabase product, String... driverOptions) {
        this.product = product;
        this.driverOptions = List.of(driverOptions);
    }

    /** The schema by its name. */
    abstract Schema schema(String name);

    @BeforeEach
    void create() throws SQLException {
        warnings.clear();
        database = product.freshDatabase();
        connection = database.connect();
        tables = PipelineTables.on(product).create(connection);
        addRun("r1");
        addRun("r2");
    }

    @AfterEach
    void drop() throws SQLException {
        if (connection != null) {
            connection.close();
        }
        if (database != null) {
            database.close();
        }
    }

    private void addRun(String id) throws SQLException {
        tables.add(connection, Run.of(id, null, null, "{}"));
    }

    private static Annotation annotation(String run, String key, String value) {
        return new Annotation(run, key, value);
    }

    private List<Annotation> annotations() throws SQLException {
        return tables.annotations(connection);
    }

    @Test
    void a_creator_and_a_name_are_written_without_a_warning() throws SQLException {
        mirror.write(connection, new NewRun("r1", "alice", "Nightly"));

        assertThat(annotations())
                .containsExactlyInAnyOrder(annotation("r1", CREATED_BY, "alice"), annotation("r1", NAME, "Nightly"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_run_without_a_creator_gets_an_empty_one_and_a_warning() throws SQLException {
        mirror.write(connection, new NewRun("r1", null, "Nightly"));

        assertThat(annotations())
                .containsExactlyInAnyOrder(annotation("r1", CREATED_BY, ""), annotation("r1", NAME, "Nightly"));
        assertThat(warnings)
                .containsExactly("Run r1 has no created_by: its annotation system/pipeline_run.created_by is ''.");
    }

    @Test
    void a_run_without_a_name_gets_an_empty_one_and_a_warning() throws SQLException {
        mirror.write(connection, new NewRun("r1", "alice", null));

        assertThat(annotations())
                .containsExactlyInAnyOrder(annotation("r1", CREATED_BY, "alice"), annotation("r1", NAME, ""));
        assertThat(warnings).containsExactly("Run r1 has no name: its annotation system/pipeline_run.name is ''.");
    }

    @Test
    void a_run_without_either_gets_both_rows_and_two_warnings() throws SQLException {
        mirror.write(connection, new NewRun("r1", null, null));

        assertThat(annotations())
                .containsExactlyInAnyOrder(annotation("r1", CREATED_BY, ""), annotation("r1", NAME, ""));
        assertThat(warnings)
                .containsExactly(
                        "Run r1 has no created_by: its annotation system/pipeline_run.created_by is ''.",
                        "Run r1 has no name: its annotation system/pipeline_run.name is ''.");
    }

    @Test
    void an_empty_creator_and_an_empty_name_are_values_like_any_other() throws SQLException {
        mirror.write(connection, new NewRun("r1", "", ""));

        assertThat(annotations())
                .containsExactlyInAnyOrder(annotation("r1", CREATED_BY, ""), annotation("r1", NAME, ""));
        assertThat(warnings).isEmpty();
    }

    @Test
    void exactly_255_characters_are_kept_without_a_warning() throws SQLException {
        mirror.write(connection, new NewRun("r1", "x".repeat(255), "😀".repeat(255)));

        assertThat(annotations())
                .containsExactlyInAnyOrder(
                        annotation("r1", CREATED_BY, "x".repeat(255)), annotation("r1", NAME, "😀".repeat(255)));
        assertThat(warnings).isEmpty();
    }

    @Test
    void what_is_longer_is_cut_between_characters_and_warned_of_with_both_lengths() throws SQLException {
        String emojiAtTheBorder = "x".repeat(254) + "😀y";
        String emojiBeyondIt = "x".repeat(255) + "😀";

        mirror.write(connection, new NewRun("r1", emojiAtTheBorder, emojiBeyondIt, Map.of("note", "😀".repeat(300))));

        assertThat(annotations())
                .containsExactlyInAnyOrder(
                        annotation("r1", CREATED_BY, "x".repeat(254) + "😀"),
                        annotation("r1", NAME, "x".repeat(255)),
                        annotation("r1", "note", "😀".repeat(255)));
        assertThat(warnings)
                .containsExactly(
                        "Run r1: the value of its annotation system/pipeline_run.created_by has 256 characters and was cut to 255.",
                        "Run r1: the value of its annotation system/pipeline_run.name has 256 characters and was cut to 255.",
                        "Run r1: the value of its annotation note has 300 characters and was cut to 255.");
    }

    @Test
    void the_users_annotations_are_written_too_an_absent_value_as_an_empty_one() throws SQLException {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("team", "blue");
        own.put("empty", "");
        own.put("absent", null);
        own.put("systematic", "not reserved");

        mirror.write(connection, new NewRun("r1", "alice", "Nightly", own));

        assertThat(annotations())
                .containsExactlyInAnyOrder(
                        annotation("r1", CREATED_BY, "alice"),
                        annotation("r1", NAME, "Nightly"),
                        annotation("r1", "team", "blue"),
                        annotation("r1", "empty", ""),
                        annotation("r1", "absent", ""),
                        annotation("r1", "systematic", "not reserved"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_reserved_key_is_refused_in_any_case_with_a_warning_and_the_rest_is_written() throws SQLException {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("system/pipeline_run.name", "forged");
        own.put("System/Pipeline_Run.Created_By", "forged");
        own.put("system/", null);
        own.put("team", "blue");

        mirror.write(connection, new NewRun("r1", "alice", "Nightly", own));

        assertThat(annotations())
                .containsExactlyInAnyOrder(
                        annotation("r1", CREATED_BY, "alice"),
                        annotation("r1", NAME, "Nightly"),
                        annotation("r1", "team", "blue"));
        assertThat(warnings)
                .containsExactly(
                        "Run r1: its annotation system/pipeline_run.name was refused and not written, because keys that start with system/ are reserved.",
                        "Run r1: its annotation System/Pipeline_Run.Created_By was refused and not written, because keys that start with system/ are reserved.",
                        "Run r1: its annotation system/ was refused and not written, because keys that start with system/ are reserved.");
    }

    Stream<String> waysToSendABatch() {
        return Stream.concat(Stream.of(""), driverOptions.stream());
    }

    /** Also as a driver sends it that makes one statement of a batch, or counts rows in its own way. */
    @ParameterizedTest(name = "[{0}]")
    @MethodSource("waysToSendABatch")
    void more_than_a_thousand_runs_are_written_beside_rows_that_are_there(String options) throws SQLException {
        List<NewRun> runs = new ArrayList<>();
        List<Annotation> expected = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            String id = "bulk-" + i;
            runs.add(new NewRun(id, "creator " + i, i % 2 == 0 ? "😀 " + i : null, Map.of("number", "" + i)));
            expected.add(annotation(id, CREATED_BY, i == 700 ? "somebody else" : "creator " + i));
            expected.add(annotation(id, NAME, i % 2 == 0 ? "😀 " + i : ""));
            expected.add(annotation(id, "number", "" + i));
        }
        PipelineTables loose = PipelineTables.on(product).loose();
        try (Connection other = connect(options)) {
            dropTables();
            loose.create(connection);
            loose.add(connection, annotation("bulk-700", CREATED_BY, "somebody else"));
            other.setAutoCommit(false);

            mirror.write(other, runs);

            other.commit();
        }

        assertThat(annotations()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(warnings)
                .hasSize(550)
                .allMatch(warning -> warning.endsWith("has no name: its annotation system/pipeline_run.name is ''."));
    }

    private Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(url(options), database.user(), database.password());
    }

    private String url(String options) {
        String url = database.url();
        return options.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + options;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void dropTables() throws SQLException {
        for (String table : List.of("pipeline_run_annotation", "pipeline_run", "execution_node")) {
            execute("DROP TABLE " + tables.table(table));
        }
    }

    @Test
    void a_row_that_is_there_is_kept_and_the_callers_transaction_goes_on() throws SQLException {
        tables.add(connection, annotation("r1", CREATED_BY, "somebody else"));
        tables.add(connection, annotation("r1", "team", null));
        connection.setAutoCommit(false);

        mirror.write(connection, new NewRun("r1", "alice", "Nightly", Map.of("team", "blue")));
        mirror.write(connection, new NewRun("r1", "bob", "Daily", Map.of("team", "red")));
        tables.add(connection, annotation("r2", "after", "wards"));
        connection.commit();

        assertThat(annotations())
                .containsExactlyInAnyOrder(
                        annotation("r1", CREATED_BY, "somebody else"),
                        annotation("r1", NAME, "Nightly"),
                        annotation("r1", "team", null),
                        annotation("r2", "after", "wards"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void everything_is_rolled_back_with_the_caller() throws SQLException {
        connection.setAutoCommit(false);

        mirror.write(connection, List.of(new NewRun("r1", "alice", "Nightly"), new NewRun("r2", "bob", "Daily")));
        connection.rollback();

        assertThat(annotations()).isEmpty();
    }

    @Test
    void nothing_is_committed_and_no_setting_of_the_connection_is_changed() throws SQLException {
        int isolation = connection.getTransactionIsolation();
        connection.setAutoCommit(false);

        mirror.write(connection, new NewRun("r1", "alice", "Nightly"));

        try (Connection other = database.connect()) {
            assertThat(tables.annotations(other)).isEmpty();
        }
        assertThat(connection.getAutoCommit()).isFalse();
        assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
    }

    /** A foreign key that misses the run is the caller's own mistake, and must be heard. */
    @Test
    void a_run_that_is_not_there_is_an_error() throws SQLException {
        if (product == TestDatabase.SQLITE) {
            execute("PRAGMA foreign_keys = ON");
        }

        assertThatThrownBy(() -> mirror.write(connection, new NewRun("no such run", "alice", "Nightly")))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(classified(e)).isEqualTo(Failure.FOREIGN_KEY));
    }

    private Failure classified(SQLException error) {
        try {
            SQLException database = error.getNextException() == null ? error : error.getNextException();
            return Dialects.of(connection).classify(database);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void without_a_consumer_warnings_go_to_the_log() {
        List<LogRecord> logged =
                logged(() -> new SystemAnnotationMirror().write(connection, new NewRun("r1", "", null)));

        assertThat(logged)
                .singleElement()
                .returns(Level.WARNING, LogRecord::getLevel)
                .returns("Run r1 has no name: its annotation system/pipeline_run.name is ''.", LogRecord::getMessage);
    }

    @Test
    void a_consumer_that_fails_disturbs_nothing_and_is_logged() throws SQLException {
        var failing = new SystemAnnotationMirror(Schema.DEFAULT, warning -> {
            throw new IllegalStateException("the consumer's own fault");
        });

        List<LogRecord> logged = logged(() -> failing.write(connection, new NewRun("r1", null, null)));

        assertThat(annotations()).hasSize(2);
        assertThat(logged).hasSize(2).allSatisfy(record -> assertThat(record.getThrown())
                .hasMessage("the consumer's own fault"));
    }

    private static List<LogRecord> logged(ThrowingCallable work) {
        List<LogRecord> records = new ArrayList<>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(SystemAnnotationMirror.class.getName());
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            work.call();
        } catch (Throwable e) {
            throw new AssertionError(e);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return records;
    }

    @Test
    void no_run_is_no_work() throws SQLException {
        mirror.write(connection, List.of());

        assertThat(annotations()).isEmpty();
    }

    /** For the databases on which a row is kept by updating it to itself. */
    final void assertThatTheRightToUpdateIsNeeded(String options) throws SQLException {
        String user = "mirror_" + ProcessHandle.current().pid();
        execute("CREATE USER '%s'@'%%' IDENTIFIED BY 'secret'".formatted(user));
        try {
            execute("GRANT SELECT, INSERT ON %s.* TO '%s'@'%%'".formatted(database.name(), user));
            try (Connection service = DriverManager.getConnection(url(options), user, "secret")) {
                assertThatThrownBy(() -> mirror.write(service, new NewRun("r1", "alice", "Nightly")))
                        .hasMessageContaining("UPDATE command denied");
            }

            execute("GRANT UPDATE ON %s.pipeline_run_annotation TO '%s'@'%%'".formatted(database.name(), user));
            try (Connection service = DriverManager.getConnection(url(options), user, "secret")) {
                mirror.write(service, new NewRun("r1", "alice", "Nightly"));
            }
        } finally {
            execute("DROP USER '%s'@'%%'".formatted(user));
        }
        assertThat(annotations()).hasSize(2);
    }

    /** SQLite has no schemas. */
    final void assertThatAnotherSchemaIsWrittenTo() throws SQLException {
        String name = database.name() + "_Other-1";
        String quoted = Dialects.of(connection).quote(name);
        execute("CREATE SCHEMA " + quoted);
        PipelineTables others = tables.in(quoted).create(connection);
        others.add(connection, Run.of("r1", null, null, "{}"));

        new SystemAnnotationMirror(schema(name), warnings::add).write(connection, new NewRun("r1", "alice", "Nightly"));

        assertThat(annotations()).isEmpty();
        assertThat(others.annotations(connection))
                .containsExactlyInAnyOrder(annotation("r1", CREATED_BY, "alice"), annotation("r1", NAME, "Nightly"));
        if (product != TestDatabase.POSTGRESQL) { // where it belongs to the database and goes with it
            execute("DROP SCHEMA " + quoted);
        }
    }
}
