package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.ext.backfill.dialects.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a database has to have before anything is written. */
class PreflightTest {
    private static final String THING = "CREATE TABLE thing (id VARCHAR(20) PRIMARY KEY, label VARCHAR(300))";
    private static final String TAG =
            "CREATE TABLE tag (thing_id VARCHAR(20), name VARCHAR(40), content TEXT, PRIMARY KEY (thing_id, name))";

    private static String refusal(String... tables) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                statement.execute(table);
            }
            try {
                BackfillEngine.on(connection).run(Things.TOTAL);
                return "";
            } catch (BackfillException e) {
                assertThat(e)
                        .hasMessageStartingWith("backfill thing.label cannot run on SQLite ")
                        .hasMessageEndingWith(". Nothing was changed.");
                assertThat(CheckpointTable.DEFAULT.exists(connection, Dialects.of(connection)))
                        .as("a checkpoint table")
                        .isFalse();
                return e.getMessage();
            }
        }
    }

    @Test
    void everything_that_is_missing_is_named_at_once() throws SQLException {
        assertThat(refusal()).contains("table thing is missing in the database; table tag is missing in the database");
        assertThat(refusal("CREATE TABLE thing (id INTEGER PRIMARY KEY)", "CREATE TABLE tag (thing_id INTEGER)"))
                .contains("column label of table thing is missing")
                .contains("column name of table tag is missing")
                .contains("column content of table tag is missing");
    }

    @Test
    void a_table_with_a_similar_name_is_another_table() throws SQLException {
        assertThat(refusal(THING.replace("thing (", "things ("), TAG)).contains("table thing is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no constraint            | thing_id TEXT, name TEXT, content TEXT
                    another constraint       | thing_id TEXT, name TEXT, content TEXT, PRIMARY KEY (thing_id)
                    a constraint over more   | thing_id TEXT, name TEXT, content TEXT, UNIQUE (thing_id, name, content)
                    a constraint over others | thing_id TEXT, name TEXT, content TEXT, UNIQUE (thing_id, content)""")
    void a_target_without_a_unique_constraint_over_its_identity_is_refused(String what, String columns)
            throws SQLException {
        assertThat(refusal(THING, "CREATE TABLE tag (" + columns + ")"))
                .as(what)
                .contains("table tag has no primary key or unique constraint over (thing_id, name): "
                        + "without it a backfill that meets a writer makes doubles; remove what is double, then add it with: "
                        + "CREATE UNIQUE INDEX \"ux_tag_thing_id_name\" ON \"tag\" (\"thing_id\", \"name\")");
    }

    @Test
    void a_unique_index_serves_as_well_in_any_order_and_case() throws SQLException {
        assertThat(refusal(
                        THING,
                        "CREATE TABLE TAG (Thing_ID TEXT, NAME TEXT, content TEXT)",
                        "CREATE UNIQUE INDEX ux_tag ON tag (name, thing_id)"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    id BLOB PRIMARY KEY                         | the key thing.id has the type BLOB, and chunks are cut by text, integers and exact decimals only
                    id REAL PRIMARY KEY                         | the key thing.id has the type REAL, and chunks are cut by text
                    id TEXT                                     | table thing has no primary key or unique constraint over (id): chunks are cut by it
                    id TEXT, part TEXT, PRIMARY KEY (id, part)  | table thing has no primary key or unique constraint over (id): chunks are cut by it""")
    void a_source_key_that_no_chunk_can_be_cut_by_is_refused(String columns, String reason) throws SQLException {
        String thing = "CREATE TABLE thing (label TEXT, " + columns + ")";

        assertThat(refusal(thing, TAG)).contains(reason);
    }

    @Test
    void a_reference_of_another_type_than_the_key_is_refused_because_no_index_would_be_used() throws SQLException {
        assertThat(refusal(THING, TAG.replace("thing_id VARCHAR(20)", "thing_id INTEGER")))
                .contains("thing.id has the type VARCHAR and tag.thing_id has INTEGER: every row would be looked for "
                        + "in the whole table; give both the same type");
        assertThat(refusal(THING.replace("id VARCHAR(20)", "id INTEGER"), TAG))
                .contains("thing.id has the type INTEGER and tag.thing_id has VARCHAR");
    }

    @Test
    void a_key_that_may_be_null_is_refused_because_such_a_row_is_in_no_chunk() throws SQLException {
        assertThat(refusal("CREATE TABLE thing (id VARCHAR(20) UNIQUE, label VARCHAR(300))", TAG))
                .contains("the key thing.id may be NULL, and a row without a key is in no chunk: make it NOT NULL");
    }

    @Test
    void a_computed_column_that_takes_no_text_is_refused() throws SQLException {
        assertThat(refusal(THING, TAG.replace("content TEXT", "content INTEGER")))
                .contains("column content of table tag has the type INTEGER, and what is computed is text");
    }

    @Test
    void a_view_is_refused_by_name() throws SQLException {
        assertThat(refusal(
                        THING.replace("TABLE thing", "TABLE other"), "CREATE VIEW thing AS SELECT * FROM other", TAG))
                .contains(
                        "table thing has no primary key or unique constraint over (id): chunks are cut by it; it is a "
                                + "view, so name the table behind it");
    }

    @Test
    void a_database_that_is_not_supported_is_refused_by_name() {
        assertThatThrownBy(() -> Dialects.of("Oracle", "23"))
                .hasMessage("Oracle 23 is not supported: backfills run on PostgreSQL, MySQL, MariaDB and SQLite. "
                        + "Nothing was changed.");
    }
}
