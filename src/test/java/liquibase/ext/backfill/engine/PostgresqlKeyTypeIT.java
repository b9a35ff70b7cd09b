package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL is the one that looks at the type of a parameter before it looks for an index. */
@Tag("postgresql")
class PostgresqlKeyTypeIT {
    @ParameterizedTest
    @EnumSource
    void a_chunk_is_looked_up_in_the_index_of_the_key(Keys keys) throws SQLException {
        try (FreshDatabase database = TestDatabase.POSTGRESQL.freshDatabase();
                Things things = new Things(database, keys).with(2_000);
                Connection connection = database.connect()) {
            things.execute("ANALYZE thing");
            KeyType type = Preflight.check(Things.TOTAL, connection, Dialects.of(connection), Schema.DEFAULT);
            List<String> all = things.tagless();
            var range = KeyRange.after(all.get(100), all.get(110));

            assertThat(plan(connection, type, range)).contains("Index Cond: ").doesNotContain("Filter", "Seq Scan");
        }
    }

    private static String plan(Connection connection, KeyType type, KeyRange range) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("EXPLAIN SELECT id FROM thing WHERE id > ? AND id <= ?")) {
            type.bind(statement, 1, range.low());
            type.bind(statement, 2, range.high());
            try (ResultSet rows = statement.executeQuery()) {
                Stream.Builder<String> lines = Stream.builder();
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
                return lines.build().collect(Collectors.joining("\n"));
            }
        }
    }
}
