package liquibase.ext.backfill.dialects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each dialect says, where a wrong word would change the meaning. That the databases understand it is proven on them. */
class DialectSqlTest {
    private static final Dialect POSTGRESQL = Dialects.of("PostgreSQL", "18");
    private static final Dialect MYSQL = Dialects.of("MySQL", "8.0");
    private static final Dialect MARIADB = Dialects.of("MariaDB", "11.4");
    private static final Dialect SQLITE = Dialects.of("SQLite", "3");
    private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofMillis(1500), Duration.ofMillis(60_250));

    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL", "MySQL", "MariaDB", "SQLite"})
    void a_database_is_found_by_its_name_in_any_case_and_called_by_it(String name) {
        assertThat(Dialects.of(name.toUpperCase(Locale.ROOT), "1").name()).isEqualTo(name);
    }

    @Test
    void a_mariadb_that_its_driver_calls_mysql_is_known_by_its_version() {
        assertThat(Dialects.of("MySQL", "11.4.5-MariaDB").name()).isEqualTo("MariaDB");
    }

    @Test
    void an_identifier_cannot_end_its_quotes() {
        assertThat(POSTGRESQL.quote("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(SQLITE.quote("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(MYSQL.quote("a`b")).isEqualTo("`a``b`");
    }

    @Test
    void a_literal_means_itself_whatever_the_session_says_of_backslashes() {
        assertThat(POSTGRESQL.literal("it's")).isEqualTo("'it''s'");
        assertThat(POSTGRESQL.literal("it's \\")).isEqualTo("E'it''s \\\\'");
        assertThat(MYSQL.literal("it's")).isEqualTo("'it''s'");
        assertThat(MYSQL.literal("\\")).isEqualTo("_utf8mb4 x'5c'");
        assertThat(SQLITE.literal("it's \\")).isEqualTo("'it''s \\'");
    }

    @Test
    void a_table_is_qualified_by_what_its_database_calls_a_schema() {
        var both = new Schema("c", "s");

        assertThat(POSTGRESQL.qualified(both, "t")).isEqualTo("\"s\".\"t\"");
        assertThat(MYSQL.qualified(both, "t")).isEqualTo("`c`.`t`");
        assertThat(SQLITE.qualified(both, "t")).isEqualTo("\"t\"");
        assertThat(POSTGRESQL.qualified(Schema.DEFAULT, "t")).isEqualTo("\"t\"");
        assertThat(MYSQL.qualified(Schema.DEFAULT, "t")).isEqualTo("`t`");
    }

    @Test
    void keys_are_looked_for_where_the_table_is() {
        var both = new Schema("c'", "s'");

        assertThat(POSTGRESQL.uniqueIndexes(both, "t")).contains("n.nspname = 's''' AND t.relname = 't'");
        assertThat(POSTGRESQL.uniqueIndexes(Schema.DEFAULT, "t")).contains("n.nspname = current_schema()");
        assertThat(POSTGRESQL.textComparisons(both, "t").orElseThrow()).contains("n.nspname = 's'''");
        assertThat(MYSQL.uniqueIndexes(both, "t")).contains("TABLE_SCHEMA = 'c''' AND TABLE_NAME = 't'");
        assertThat(MYSQL.uniqueIndexes(Schema.DEFAULT, "t")).contains("TABLE_SCHEMA = DATABASE()");
        assertThat(MYSQL.textComparisons(both, "t").orElseThrow()).contains("TABLE_SCHEMA = 'c'''");
        assertThat(SQLITE.uniqueIndexes(both, "t")).contains("pragma_index_list('t')", "l.partial = 0");
        assertThat(SQLITE.textComparisons(both, "t")).isEmpty();
    }

    @Test
    void names_are_what_each_database_makes_of_them() {
        assertThat(POSTGRESQL.folded("STATE")).isEqualTo("state");
        assertThat(MYSQL.folded("STATE")).isEqualTo("STATE");
        assertThat(POSTGRESQL.namesAreExact()).isTrue();
        assertThat(MYSQL.namesAreExact()).isFalse();
        assertThat(MYSQL.boundsTexts()).isTrue();
        assertThat(SQLITE.boundsTexts()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, json_typeof(found) = 'string', document #> '{a,b}'",
        "MySQL, 'WHEN ''STRING''', 'JSON_UNQUOTE(JSON_EXTRACT(d, ''$.a.b''))'",
        "MariaDB, 'WHEN ''STRING''', 'JSON_VALUE(d, ''$.a.b'')'",
        "SQLite, 'json_type(d, ''$.a.b'') WHEN ''text''', 'json_extract(d, ''$.a.b'')'"
    })
    void only_a_json_string_is_a_value(String database, String asked, String read) {
        assertThat(Dialects.of(database, "1").jsonString("d", List.of("a", "b")))
                .contains(asked, read);
    }

    @Test
    void a_document_with_what_postgresql_cannot_hold_is_repaired_before_it_is_parsed() {
        assertThat(POSTGRESQL.jsonString("d", List.of("a")))
                .contains("NOT LIKE '%\\\\u%'", "'\\\\u(0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\ufffd', 'g'");
    }

    @Test
    void a_text_comes_back_as_the_database_holds_it() {
        String odd = "a\0b\ud83d";

        assertThat(POSTGRESQL.throughColumn("a\0b")).isEqualTo("a\ufffdb");
        assertThat(MYSQL.throughColumn("a\0b")).isEqualTo("a\0b");
        assertThat(SQLITE.throughColumn("a\0b")).isEqualTo("a");
        assertThat(SQLITE.throughColumn("\0b")).isEmpty();
        assertThat(SQLITE.throughColumn("ab")).isEqualTo("ab");
        assertThat(POSTGRESQL.throughDocument(odd + "😀")).isEqualTo("a\ufffdb\ufffd😀");
        assertThat(MYSQL.throughDocument(odd)).isEqualTo("a\ufffdb\ufffd");
        assertThat(SQLITE.throughDocument("\ud83da\0b")).isEqualTo("\ufffda");
    }

    @Test
    void two_texts_are_compared_character_by_character_whatever_their_collations() {
        assertThat(POSTGRESQL.identical("a", "b"))
                .isEqualTo("CAST(a AS text) COLLATE \"C\" IS NOT DISTINCT FROM CAST(b AS text) COLLATE \"C\"");
        assertThat(MYSQL.identical("a", "b"))
                .isEqualTo("CAST(CONVERT(a USING utf8mb4) AS BINARY) <=> CAST(CONVERT(b USING utf8mb4) AS BINARY)");
        assertThat(SQLITE.identical("a", "b")).isEqualTo("CAST(a AS TEXT) IS CAST(b AS TEXT) COLLATE BINARY");
    }

    @Test
    void a_row_that_is_there_stays_and_no_other_error_is_swallowed() {
        List<String> identity = List.of("run", "key");

        assertThat(POSTGRESQL.skipExisting(identity)).isEqualTo("ON CONFLICT (run, key) DO NOTHING");
        assertThat(MYSQL.skipExisting(identity)).isEmpty();
        assertThat(MYSQL.keepExisting(identity)).isEqualTo("ON DUPLICATE KEY UPDATE run = run");
        assertThat(SQLITE.keepExisting(identity)).isEqualTo("ON CONFLICT (run, key) DO NOTHING");
    }

    @Test
    void an_index_is_added_beside_writers_where_the_database_can() {
        List<String> columns = List.of("a", "b");

        assertThat(POSTGRESQL.addUniqueIndex("i", "t", columns))
                .isEqualTo("CREATE UNIQUE INDEX CONCURRENTLY i ON t (a, b)");
        assertThat(MYSQL.addUniqueIndex("i", "t", columns))
                .isEqualTo("ALTER TABLE t ADD UNIQUE INDEX i (a, b), ALGORITHM=INPLACE, LOCK=NONE");
        assertThat(SQLITE.addUniqueIndex("i", "t", columns)).isEqualTo("CREATE UNIQUE INDEX i ON t (a, b)");
    }

    @Test
    void moments_are_of_the_databases_clock() {
        assertThat(POSTGRESQL.timestampType()).isEqualTo("TIMESTAMP WITH TIME ZONE");
        assertThat(POSTGRESQL.now()).isEqualTo("clock_timestamp()");
        assertThat(POSTGRESQL.secondsSince("x")).isEqualTo("EXTRACT(EPOCH FROM clock_timestamp() - x)");
        assertThat(POSTGRESQL.secondsSinceLocal("x")).isEqualTo("EXTRACT(EPOCH FROM LOCALTIMESTAMP - x)");
        assertThat(MYSQL.timestampType()).isEqualTo("DATETIME(3)");
        assertThat(MYSQL.now()).isEqualTo("UTC_TIMESTAMP(3)");
        assertThat(MYSQL.secondsSince("x")).contains("MICROSECOND, x, UTC_TIMESTAMP(3)");
        assertThat(MYSQL.secondsSinceLocal("x")).contains("MICROSECOND, x, NOW(6)");
        assertThat(SQLITE.timestampType()).isEqualTo("TEXT");
        assertThat(SQLITE.secondsSinceLocal("x")).isEqualTo(SQLITE.secondsSince("x"));
    }

    @Test
    void the_checkpoint_table_compares_by_bytes_on_mysql() {
        assertThat(MYSQL.tableOptions()).contains("ENGINE = InnoDB", "COLLATE utf8mb4_bin");
        assertThat(POSTGRESQL.tableOptions()).isEmpty();
    }

    @Test
    void a_run_bounds_every_wait_for_a_lock() {
        assertThat(POSTGRESQL.sessionSettings(TIMEOUTS))
                .containsExactly(new Setting("SHOW lock_timeout", "SET SESSION lock_timeout = '%s'", "1500"));
        assertThat(MYSQL.sessionSettings(TIMEOUTS))
                .extracting(Setting::write, Setting::value)
                .containsExactly(
                        tuple("SET SESSION innodb_lock_wait_timeout = %s", "2"),
                        tuple("SET SESSION lock_wait_timeout = %s", "2"));
        assertThat(SQLITE.sessionSettings(TIMEOUTS))
                .containsExactly(new Setting("PRAGMA busy_timeout", "PRAGMA busy_timeout = %s", "1500"));
    }

    @Test
    void a_lock_timeout_is_at_least_a_second_where_it_is_one_of_seconds() {
        assertThat(new Timeouts(Duration.ofMillis(1), Duration.ofSeconds(1)).lockSeconds())
                .isEqualTo(1);
        assertThat(new Timeouts(Duration.ZERO, Duration.ofSeconds(1)).lockSeconds())
                .isEqualTo(1);
        assertThat(new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(1)).lockSeconds())
                .isEqualTo(3);
    }

    @Test
    void a_chunk_bounds_its_time_and_takes_its_isolation_for_itself_where_the_database_can() {
        assertThat(POSTGRESQL.transactionSettings(TIMEOUTS)).contains("SET LOCAL statement_timeout = 60250");
        assertThat(POSTGRESQL.beforeTransaction()).containsExactly("DISCARD PLANS");
        assertThat(POSTGRESQL.isolate("SERIALIZABLE")).contains("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
        assertThat(MARIADB.timed("INSERT", TIMEOUTS)).isEqualTo("SET STATEMENT max_statement_time = 60.250 FOR INSERT");
        assertThat(MYSQL.timed("INSERT", TIMEOUTS)).isEqualTo("INSERT");
        assertThat(MYSQL.isolate("SERIALIZABLE")).isEmpty();
        assertThat(MYSQL.transactionSettings(TIMEOUTS)).isEmpty();
    }
}
