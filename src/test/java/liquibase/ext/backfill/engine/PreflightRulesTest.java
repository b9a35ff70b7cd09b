package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Coverage;
import liquibase.ext.backfill.definitions.Source;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.definitions.Value;
import liquibase.ext.backfill.dialects.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the answers that servers give about their tables; that they give them is tested on the servers. */
class PreflightRulesTest {
    private static final String PROBLEM =
            "backfill %s cannot run on SQLite \\S+ \\(\\S+\\): (.*)\\. Nothing was changed\\.";

    private Connection connection;
    private final PretendedDialect pretended = new PretendedDialect();

    @BeforeEach
    void create() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        execute("CREATE TABLE thing (id VARCHAR(20) NOT NULL PRIMARY KEY, label VARCHAR(300), owner_id VARCHAR(20))");
        execute("CREATE TABLE owner (id VARCHAR(20) NOT NULL PRIMARY KEY, profile VARCHAR(300))");
        execute("CREATE TABLE tag (thing_id VARCHAR(20) NOT NULL, name VARCHAR(5) NOT NULL, content VARCHAR(255), "
                + "PRIMARY KEY (thing_id, name))");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        Things.execute(connection, sql);
    }

    /** What is wrong; empty if nothing is. */
    private String problem(BackfillDefinition definition) throws SQLException {
        try {
            Preflight.check(definition, connection, pretended.dialect(), Schema.DEFAULT);
            return "";
        } catch (BackfillException e) {
            assertThat(e.getMessage()).matches(PROBLEM.formatted(definition.name()));
            return e.getMessage().replaceFirst(PROBLEM.formatted(definition.name()), "$1");
        }
    }

    @Test
    void to_be_read_a_target_needs_no_constraint() throws SQLException {
        execute("DROP TABLE tag");
        execute("CREATE TABLE tag (thing_id VARCHAR(20), name VARCHAR(5), content VARCHAR(255))");

        assertThat(Preflight.checkForReading(Things.TOTAL, connection, pretended.dialect(), Schema.DEFAULT))
                .isEqualTo(KeyType.TEXT);
        assertThat(problem(Things.TOTAL)).contains("table tag has no primary key or unique constraint");
    }

    @Test
    void to_be_read_a_source_needs_its_columns_and_its_key() throws SQLException {
        execute("ALTER TABLE thing RENAME COLUMN label TO title");
        assertThatThrownBy(
                        () -> Preflight.checkForReading(Things.TOTAL, connection, pretended.dialect(), Schema.DEFAULT))
                .hasMessageMatching(
                        "backfill thing.label cannot be looked at on SQLite .*: column label of table thing is missing\\.");

        execute("DROP TABLE thing");
        execute("CREATE TABLE thing (id VARCHAR(20) NOT NULL, label VARCHAR(300))");
        assertThatThrownBy(
                        () -> Preflight.checkForReading(Things.TOTAL, connection, pretended.dialect(), Schema.DEFAULT))
                .hasMessageContaining("table thing has no primary key or unique constraint over (id)");
    }

    @ParameterizedTest
    @CsvSource({"5, ''", "4, 'column name of table tag holds 4 characters, and its constant ''label'' has 5'"})
    void a_constant_has_to_fit_into_its_column(int width, String expected) throws SQLException {
        pretended.saying("boundsTexts", true);
        execute("DROP TABLE tag");
        execute(
                "CREATE TABLE tag (thing_id VARCHAR(20) NOT NULL, name VARCHAR(%d) NOT NULL, content VARCHAR(255), PRIMARY KEY (thing_id, name))"
                        .formatted(width));

        assertThat(problem(Things.TOTAL)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "255, ''",
        "254, 'column content of table tag holds 254 characters and the definition keeps 255, so that longer values would be refused instead of cut: widen it, or set maxLength to 254'"
    })
    void no_more_of_a_value_may_be_kept_than_its_column_holds(int width, String expected) throws SQLException {
        pretended.saying("boundsTexts", true);
        execute("DROP TABLE tag");
        execute(
                "CREATE TABLE tag (thing_id VARCHAR(20) NOT NULL, name VARCHAR(5) NOT NULL, content VARCHAR(%d), PRIMARY KEY (thing_id, name))"
                        .formatted(width));

        assertThat(problem(Things.TOTAL)).isEqualTo(expected);
    }

    @Test
    void where_names_are_exact_a_name_in_another_case_is_another_name() throws SQLException {
        execute("ALTER TABLE thing RENAME COLUMN label TO Label");
        assertThat(problem(Things.TOTAL)).isEmpty();

        pretended.saying("namesAreExact", true);

        assertThat(problem(Things.TOTAL))
                .isEqualTo("column label of table thing is missing (there is Label, and names are exact)");
    }

    @Test
    void whatever_a_join_and_a_value_read_is_looked_for() throws SQLException {
        var joined = joined();
        assertThat(problem(joined)).isEmpty();

        execute("ALTER TABLE thing RENAME COLUMN owner_id TO keeper_id");
        execute("ALTER TABLE owner RENAME COLUMN profile TO portrait");
        assertThat(problem(joined))
                .isEqualTo("column owner_id of table thing is missing; column profile of table owner is missing");
    }

    @Test
    void the_key_of_a_join_has_to_be_unique_and_of_the_same_type() throws SQLException {
        execute("DROP TABLE owner");
        execute("CREATE TABLE owner (id INTEGER NOT NULL, profile VARCHAR(300))");

        assertThat(problem(joined()))
                .startsWith("table owner has no primary key or unique constraint over (id): a join on it must not "
                        + "multiply rows; ")
                .contains(
                        "; thing.owner_id has the type VARCHAR and owner.id has INTEGER: every row would be looked for");
    }

    private static BackfillDefinition joined() {
        return new BackfillDefinition(
                "thing.owner",
                new Source("thing", "id", List.of(new Source.Join("owner", "id", "owner_id"))),
                new Target(
                        "tag",
                        "thing_id",
                        List.of(new Target.Constant("name", "owner")),
                        List.of(new Target.Computed(
                                "content",
                                List.of(
                                        new Value.Column("thing", "label"),
                                        new Value.JsonString("owner", "profile", List.of("name"))),
                                255))),
                Coverage.PARTIAL);
    }

    @Test
    void an_index_that_proves_nothing_is_refused_with_its_flaw() throws SQLException {
        pretended.saying("uniqueIndexes", indexes("'it covers only some rows'", 0));

        assertThat(problem(Things.TOTAL))
                .isEqualTo(
                        "table thing has the unique index one over (id), but it covers only some rows; table tag has "
                                + "the unique index both over (thing_id, name), but it covers only some rows");
    }

    @Test
    void only_the_target_may_not_have_a_deferrable_index() throws SQLException {
        pretended.saying("uniqueIndexes", indexes("NULL", 1));

        assertThat(problem(Things.TOTAL))
                .isEqualTo("table tag has the unique index both over (thing_id, name), but it is deferrable, and rows "
                        + "that are there cannot be skipped by such a one: make it NOT DEFERRABLE");
    }

    @Test
    void a_part_of_an_index_that_is_no_column_makes_it_another_index() throws SQLException {
        pretended.saying("uniqueIndexes", "SELECT 'ux', NULL, NULL, 0 UNION ALL SELECT 'ux', 'id', NULL, 0");

        assertThat(problem(Things.TOTAL)).contains("table thing has no primary key or unique constraint over (id)");
    }

    /** One over the key of the source, and one over both parts of the target's. */
    private static String indexes(String flaw, int deferrable) {
        return """
                SELECT 'one', 'id', %1$s, %2$d
                UNION ALL SELECT 'both', 'thing_id', %1$s, %2$d
                UNION ALL SELECT 'both', 'name', %1$s, %2$d""".formatted(flaw, deferrable);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 'general' | 0 | 'general' | ''
            0 | 'general' | 0 | NULL      | ''
            0 | NULL      | 0 | 'general' | ''
            0 | 'general' | 0 | 'binary'  | thing.id has the collation general and tag.thing_id has binary: rows would be looked for in the whole table, or not be found; give both the same collation
            1 | NULL      | 0 | NULL      | thing.id is padded with blanks (VARCHAR) and tag.thing_id is not (VARCHAR): every row would be looked for in the whole table; give both the same type
            0 | NULL      | 1 | NULL      | ''
            1 | NULL      | 1 | NULL      | ''""")
    void keys_that_are_compared_otherwise_are_refused(
            int keyPadded, String keyCollation, int referencePadded, String referenceCollation, String expected)
            throws SQLException {
        pretended.saying(
                "textComparisons",
                Optional.of("SELECT 'id', %d, %s UNION ALL SELECT 'thing_id', %d, %s"
                        .formatted(keyPadded, literal(keyCollation), referencePadded, literal(referenceCollation))));

        assertThat(problem(Things.TOTAL)).isEqualTo(expected);
    }

    private static String literal(String name) {
        return name.equals("NULL") ? name : "'" + name + "'";
    }
}
