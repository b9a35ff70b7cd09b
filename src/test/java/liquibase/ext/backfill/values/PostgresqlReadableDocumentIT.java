package liquibase.ext.backfill.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Failure;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables.Run;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The expression for readable documents against the one for all, over every document of the value contract. */
@Tag("postgresql")
class PostgresqlReadableDocumentIT {
    private static final List<String> IN_EXTRA_DATA = List.of("pipeline_name");
    private static final List<String> IN_TASK_SPEC = List.of("componentRef", "spec", "name");

    @Test
    void it_reads_the_same_and_fails_only_where_an_escape_is_in_the_way() throws SQLException {
        List<String> read = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        try (FreshDatabase database = TestDatabase.POSTGRESQL.freshDatabase();
                Connection connection = database.connect()) {
            Dialect dialect = Dialects.of(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE stored (document json)");
            }
            for (String document : documents()) {
                store(connection, document);
                for (List<String> path : List.of(IN_EXTRA_DATA, IN_TASK_SPEC)) {
                    try {
                        String cheaper = ask(connection, dialect.readableJsonString("document", path));
                        assertThat(cheaper)
                                .as(document)
                                .isEqualTo(ask(connection, dialect.jsonString("document", path)));
                        read.add(document);
                    } catch (SQLException e) {
                        assertThat(dialect.classify(e)).as(document).isEqualTo(Failure.DATA);
                        unreadable.add(document);
                    }
                }
            }
        }

        assertThat(read).hasSizeGreaterThan(100);
        assertThat(unreadable).isNotEmpty().allMatch(document -> document.contains("\\u"));
    }

    private static List<String> documents() {
        List<String> documents = new ArrayList<>();
        for (ValueCase content : ValueCases.of(Store.POSTGRESQL).toList()) {
            for (Place place : content.places()) {
                Run run = place.run("k", content.content());
                if (!content.isRefusedBy(Store.POSTGRESQL)) {
                    documents.add(String.valueOf(run.extraData()));
                    documents.add(String.valueOf(run.taskSpec()));
                }
            }
        }
        return documents;
    }

    private static void store(Connection connection, String document) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO stored VALUES (CAST(? AS json))")) {
            statement.execute("DELETE FROM stored");
            insert.setString(1, document);
            insert.executeUpdate();
        }
    }

    private static String ask(Connection connection, String expression) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT %s FROM stored".formatted(expression))) {
            row.next();
            return row.getString(1);
        }
    }
}
