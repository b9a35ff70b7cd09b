package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What only PostgreSQL has that a backfill cannot run on, and what looks like it and is sound. */
@Tag("postgresql")
class PostgresqlPreflightIT extends EngineContract {
    private static final String THING = "CREATE TABLE thing (id VARCHAR(20) PRIMARY KEY, label VARCHAR(300))";
    private static final String TAG =
            "CREATE TABLE tag (thing_id VARCHAR(20) NOT NULL, name VARCHAR(40) NOT NULL, " + "content VARCHAR(300)%s)";
    private static final String KEY = ", PRIMARY KEY (thing_id, name)";

    private Connection connection;

    PostgresqlPreflightIT() {
        super(TestDatabase.POSTGRESQL);
    }

    private void execute(String... statements) throws SQLException {
        connection = connection == null ? connect() : connection;
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String refusal() {
        try {
            BackfillEngine.on(connection).run(Things.TOTAL);
            return "";
        } catch (BackfillException e) {
            assertThat(e).hasMessageStartingWith("backfill thing.label cannot run on PostgreSQL ");
            return e.getMessage();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_index_whose_creation_failed_is_no_constraint_and_the_message_says_how_to_mend_it() throws SQLException {
        execute(
                THING,
                TAG.formatted(""),
                "INSERT INTO thing VALUES ('a', 'A'), ('b', 'B')",
                "INSERT INTO tag VALUES ('a', 'label', 'x'), ('a', 'label', 'x')");
        String mend = refusal().replaceFirst(".*then add it with: (.*)\\. Nothing was changed\\.", "$1");
        assertThat(mend).startsWith("CREATE UNIQUE INDEX CONCURRENTLY ");
        assertThatThrownBy(() -> execute(mend)).hasMessageContaining("is duplicated");

        assertThat(refusal())
                .contains("table tag has the unique index ux_tag_thing_id_name over (thing_id, name), but its creation "
                        + "failed and left it invalid: remove what is double, drop it (DROP INDEX CONCURRENTLY)");

        execute("DROP INDEX CONCURRENTLY ux_tag_thing_id_name", "DELETE FROM tag", mend);
        assertThat(refusal()).isEmpty();
    }

    @Test
    void an_index_with_included_columns_is_a_constraint_over_its_key() throws SQLException {
        execute(
                THING,
                TAG.formatted(""),
                "CREATE UNIQUE INDEX ux ON tag (thing_id, name) INCLUDE (content)",
                "INSERT INTO thing VALUES ('a', 'A')");

        assertThat(refusal()).isEmpty();
    }

    @Test
    void a_deferrable_key_is_refused_for_the_target_and_serves_for_the_source() throws SQLException {
        execute(
                "CREATE TABLE thing (id VARCHAR(20) PRIMARY KEY DEFERRABLE, label VARCHAR(300))",
                TAG.formatted(KEY + " DEFERRABLE"),
                "INSERT INTO thing VALUES ('a', 'A')");

        assertThat(refusal())
                .contains(
                        "table tag has the unique index tag_pkey over (thing_id, name), but it is deferrable, and rows "
                                + "that are there cannot be skipped by such a one: make it NOT DEFERRABLE")
                .doesNotContain("table thing");
    }

    @Test
    void a_padded_source_key_is_refused_because_no_index_would_be_used_and_a_padded_reference_is_not()
            throws SQLException {
        execute(THING.replace("VARCHAR(20)", "CHAR(20)"), TAG.formatted(KEY));
        assertThat(refusal())
                .contains(
                        "thing.id is padded with blanks (bpchar) and tag.thing_id is not (varchar): every row would be "
                                + "looked for in the whole table; give both the same type");

        execute("DROP TABLE thing", THING, "ALTER TABLE tag ALTER thing_id TYPE CHAR(20)");
        execute("INSERT INTO thing VALUES ('a', 'A')");
        assertThat(refusal()).isEmpty();
    }

    @Test
    void keys_of_different_collations_are_refused_and_one_that_has_none_of_its_own_is_not() throws SQLException {
        execute(
                THING.replace("VARCHAR(20)", "VARCHAR(20) COLLATE \"C\""),
                TAG.formatted(KEY).replace("VARCHAR(20)", "VARCHAR(20) COLLATE \"POSIX\""));
        assertThat(refusal())
                .contains(
                        "thing.id has the collation C and tag.thing_id has POSIX: rows would be looked for in the whole "
                                + "table, or not be found; give both the same collation");

        execute(
                "ALTER TABLE thing ALTER id TYPE VARCHAR(20) COLLATE \"default\"",
                "INSERT INTO thing VALUES ('a', 'A')");
        assertThat(refusal()).isEmpty();
    }

    @Test
    void a_key_of_another_kind_than_the_reference_is_refused() throws SQLException {
        execute(THING, TAG.formatted(KEY).replace("thing_id VARCHAR(20)", "thing_id UUID"));

        assertThat(refusal()).contains("thing.id has the type varchar and tag.thing_id has uuid");
    }

    @Test
    void names_are_exact_and_the_message_names_what_is_there() throws SQLException {
        execute(THING.replace("thing", "\"Thing\""), TAG.formatted(KEY).replace("content", "\"Content\""));

        assertThat(refusal())
                .contains("table thing is missing in schema public (there is Thing, and names are exact)")
                .contains("column content of table tag is missing (there is Content, and names are exact)");
    }

    @Test
    void a_partitioned_target_is_told_its_own_mend() throws SQLException {
        execute(THING, TAG.formatted("") + " PARTITION BY HASH (thing_id)");

        assertThat(refusal())
                .contains("add it to every partition CONCURRENTLY, to the table by CREATE UNIQUE INDEX … ON ONLY");
    }

    @Test
    void a_constant_that_its_column_cannot_hold_is_refused() throws SQLException {
        execute(THING, TAG.formatted(KEY).replace("name VARCHAR(40)", "name VARCHAR(3)"));

        assertThat(refusal()).contains("column name of table tag holds 3 characters, and its constant 'label' has 5");
    }
}
