package liquibase.ext.backfill.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One name for two backfills that differ: each would start the other's checkpoint over, in every update. */
class SharedNameTest {
    private static final String CHANGELOG = "changelogs/shared-name.yaml";

    @ParameterizedTest
    @ValueSource(strings = {"validate", "update"})
    void it_is_refused_by_validate_and_by_an_update_that_then_changes_nothing(String command) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            String failure = EmbeddedLiquibase.run(
                            command, CHANGELOG, Map.of("database", EmbeddedLiquibase.database(connection)), Map.of())
                    .failure();

            assertThat(failure)
                    .contains("changeset " + CHANGELOG + "::second::test has a backfill with the name twice, which "
                            + "another changeset gives to a different one: a checkpoint is kept by name, so give each "
                            + "its own");
            assertThat(connection
                            .getMetaData()
                            .getTables(null, null, "thing", null)
                            .next())
                    .isFalse();
        }
    }

    @Test
    void it_is_no_matter_where_only_one_of_them_is_come_to() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE a (id integer NOT NULL PRIMARY KEY)");
            statement.execute("CREATE TABLE b (a_id integer NOT NULL PRIMARY KEY, value text)");

            String failure = EmbeddedLiquibase.run(
                            "update",
                            CHANGELOG,
                            Map.of("database", EmbeddedLiquibase.database(connection), "contexts", "one"),
                            Map.of())
                    .failure();

            assertThat(failure).isEmpty();
        }
    }
}
