package liquibase.ext.backfill.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Liquibase asks of an extension on a database. Each test has a database of its own. */
abstract class HarnessContract {
    private static final Path CASES =
            Path.of(System.getProperty("basedir", "."), "src/test/resources/liquibase/harness/data/changelogs");

    private final TestDatabase product;
    private FreshDatabase database;

    HarnessContract(TestDatabase product) {
        this.product = product;
    }

    @BeforeEach
    void create() throws SQLException {
        database = product.freshDatabase();
    }

    @AfterEach
    void drop() throws SQLException {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void the_foundational_suite_passes() throws Exception {
        new Harness(database).runFoundationalTest();

        assertThat(appliedChangesets()).as("changesets that the rollback left").isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void update_sql_and_update_and_rollback_do_what_the_case_expects(String name) throws Exception {
        new Harness(database).runChangeData(name);

        assertThat(appliedChangesets()).as("changesets that the rollback left").isEmpty();
    }

    /** Each changelog there is a case; one that its author forgot to list here would never run. */
    static List<String> cases() throws Exception {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    private List<String> appliedChangesets() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT ID FROM DATABASECHANGELOG")) {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }
}
