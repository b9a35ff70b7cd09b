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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What PostgreSQL makes of the statements of a chunk on tables of which it knows nothing. */
@Tag("postgresql")
class PostgresqlPlanIT {
    private FreshDatabase database;
    private Things things;
    private Connection connection;
    private BackfillSql sql;
    private KeyRange range;

    @BeforeEach
    void fill_tables_without_statistics() throws SQLException {
        database = TestDatabase.POSTGRESQL.freshDatabase();
        things = new Things(database, Keys.RANDOM_TEXTS);
        things.execute("ALTER TABLE thing SET (autovacuum_enabled = off)");
        things.execute("ALTER TABLE tag SET (autovacuum_enabled = off)");
        things.with(2_000);
        connection = database.connect();
        sql = new BackfillSql(Things.TOTAL, Dialects.of(connection), Schema.DEFAULT);
        List<String> all = things.tagless();
        range = KeyRange.after(all.get(100), all.get(1_900));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        things.close();
        database.close();
    }

    @Test
    void a_chunk_joins_its_two_ranges_by_no_nested_loop() throws SQLException {
        String cut = new CutSql(Things.TOTAL.target(), sql, Dialects.of(connection))
                .insertWithin(range, Isolation.SERIALIZABLE);

        assertThat(plan(sql.insertWithin(range, Isolation.SERIALIZABLE)))
                .contains("Full Join")
                .doesNotContain("Nested Loop", "SubPlan");
        assertThat(plan(cut)).contains("Full Join").doesNotContain("Nested Loop");
    }

    @Test
    void the_bounds_of_a_chunk_are_found_without_sorting_what_is_left() throws SQLException {
        things.execute("INSERT INTO thing SELECT LEFT(MD5(i::text), 16), 'more' FROM generate_series(1, 100000) i");

        assertThat(plan(sql.chunk(range, 100))).contains("Index").doesNotContain("Sort");
    }

    @Test
    void the_search_for_missing_keys_joins_its_two_ranges_by_no_nested_loop() throws SQLException {
        assertThat(plan(sql.missingWithin(range))).contains("Full Join").doesNotContain("Nested Loop");
    }

    @Test
    void one_statement_for_all_rows_needs_no_nested_loop_either() throws SQLException {
        assertThat(plan(sql.insertAll())).contains("Anti Join").doesNotContain("Nested Loop");
    }

    private String plan(String statement) throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + statement)) {
            int bounds = explain.getParameterMetaData().getParameterCount();
            for (int i = 1; i <= bounds; i++) {
                explain.setString(i, i % 2 == 1 ? range.low() : range.high());
            }
            try (ResultSet rows = explain.executeQuery()) {
                Stream.Builder<String> lines = Stream.builder();
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
                return lines.build().collect(Collectors.joining("\n"));
            }
        }
    }
}
