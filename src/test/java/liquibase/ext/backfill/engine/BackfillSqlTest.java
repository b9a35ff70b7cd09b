package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Coverage;
import liquibase.ext.backfill.definitions.Source;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.definitions.Value;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.dialects.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statement that matters, once per dialect, as somebody would read it in a log. */
class BackfillSqlTest {
    private static final Schema SCHEMA = new Schema("shop", "shop");

    private static BackfillSql sql(String product, BackfillDefinition definition) {
        return new BackfillSql(definition, Dialects.of(product, "1"), SCHEMA);
    }

    @Test
    void on_postgresql_a_chunk_skips_what_a_writer_inserted_and_joins_in_a_way_that_no_nested_loop_can() {
        assertThat(sql("PostgreSQL", Things.TOTAL).insertWithin(KeyRange.after("a", "b"), Isolation.READ_COMMITTED))
                .isEqualTo("""
                        INSERT INTO "shop"."tag" ("thing_id", "name", "content")
                        SELECT s."id",
                               'label',
                               SUBSTR(COALESCE(s."label"::text, ''), 1, 255)
                        FROM (SELECT s."id", s."label" FROM "shop"."thing" s WHERE s."id" > ? AND s."id" <= ?) s
                        FULL JOIN (SELECT t."thing_id" FROM "shop"."tag" t WHERE t."thing_id" > ? AND t."thing_id" <= ? AND t."name" = 'label') t ON t."thing_id" = s."id"
                        WHERE t."thing_id" IS NULL
                        ON CONFLICT ("thing_id", "name") DO NOTHING""");
    }

    @Test
    void a_serializable_chunk_does_without_the_clause_that_cannot_skip_anything_there() {
        var sql = sql("PostgreSQL", Things.TOTAL);
        var range = KeyRange.after("a", "b");

        assertThat(sql.insertWithin(range, Isolation.SERIALIZABLE)
                        + "\nON CONFLICT (\"thing_id\", \"name\") DO NOTHING")
                .isEqualTo(sql.insertWithin(range, Isolation.READ_COMMITTED));
    }

    @Test
    void on_postgresql_a_chunk_counts_what_it_cut_and_looks_at_full_columns_only() {
        var sql = sql("PostgreSQL", Things.TOTAL);
        var range = KeyRange.after("a", "b");

        assertThat(new CutSql(Things.TOTAL.target(), sql, Dialects.of("PostgreSQL", "1"))
                        .insertWithin(range, Isolation.SERIALIZABLE))
                .isEqualTo("""
                        WITH written AS (
                        %s
                        RETURNING "thing_id", "content")
                        SELECT COUNT(*), COUNT(CASE WHEN OCTET_LENGTH(t."content") >= 255 AND LENGTH(SUBSTR(t."content", 255, 1)) > 0
                               THEN (SELECT 1 FROM "shop"."thing" s
                                     WHERE t."thing_id" = s."id" AND (CASE WHEN OCTET_LENGTH(t."content") >= 255 AND LENGTH(SUBSTR(t."content", 255, 1)) > 0 THEN CASE WHEN CAST(COALESCE(s."label"::text, '') AS text) COLLATE "C" IS NOT DISTINCT FROM CAST(SUBSTR(COALESCE(s."label"::text, ''), 1, 255) AS text) COLLATE "C" THEN 0 ELSE 1 END ELSE 0 END = 1) OFFSET 0) END)
                        FROM written t""".formatted(sql.insertWithin(range, Isolation.SERIALIZABLE)));
    }

    @Test
    void on_mysql_a_duplicate_fails_so_that_the_chunk_is_repeated() {
        assertThat(sql("MySQL", Things.TOTAL).insertWithin(KeyRange.closed("a", "b"), Isolation.READ_COMMITTED))
                .isEqualTo("""
                        INSERT INTO `shop`.`tag` (`thing_id`, `name`, `content`)
                        SELECT s.`id`,
                               'label',
                               SUBSTR(COALESCE(s.`label`, ''), 1, 255)
                        FROM `shop`.`thing` s
                        WHERE s.`id` >= ? AND s.`id` <= ?
                          AND NOT EXISTS (SELECT 1 FROM `shop`.`tag` t WHERE t.`thing_id` = s.`id` AND t.`name` = 'label' AND t.`thing_id` >= ? AND t.`thing_id` <= ?)""");
        assertThat(sql("MariaDB", Things.TOTAL).insertWithin(KeyRange.closed("a", "b"), Isolation.READ_COMMITTED))
                .isEqualTo(
                        sql("MySQL", Things.TOTAL).insertWithin(KeyRange.closed("a", "b"), Isolation.READ_COMMITTED));
    }

    @Test
    void on_sqlite_a_partial_backfill_computes_a_value_once_and_a_join_adds_no_row() {
        var definition = new BackfillDefinition(
                "thing.maker",
                new Source("thing", "id", List.of(new Source.Join("maker", "id", "maker_id"))),
                new Target(
                        "tag",
                        "thing_id",
                        List.of(new Target.Constant("name", "it's")),
                        List.of(new Target.Computed(
                                "content",
                                List.of(new Value.JsonString("maker", "card", List.of("who", "name"))),
                                40))),
                Coverage.PARTIAL);

        assertThat(sql("SQLite", definition).insertWithin(KeyRange.only("a"), Isolation.SERIALIZABLE))
                .isEqualTo("""
                        INSERT INTO "tag" ("thing_id", "name", "content")
                        SELECT source_key,
                               'it''s',
                               value_0
                        FROM (SELECT s."id" AS source_key,
                               SUBSTR(CASE WHEN json_valid(j1."card", 10) THEN CASE json_type(j1."card", '$.who.name') WHEN 'text' THEN json_extract(j1."card", '$.who.name') END END, 1, 40) AS value_0
                        FROM "thing" s
                        LEFT JOIN "maker" j1 ON j1."id" = s."maker_id"
                        WHERE s."id" >= ? AND s."id" <= ?
                          AND NOT EXISTS (SELECT 1 FROM "tag" t WHERE t."thing_id" = s."id" AND t."name" = 'it''s' AND t."thing_id" >= ? AND t."thing_id" <= ?)
                        LIMIT 9223372036854775807) computed
                        WHERE value_0 IS NOT NULL""");
    }

    @Test
    void the_bounds_of_a_chunk_are_found_without_an_offset() {
        assertThat(sql("PostgreSQL", Things.TOTAL).chunk(KeyRange.after("a", "b"), 500))
                .isEqualTo("""
                        SELECT COUNT(*), MAX(chunk_key)
                        FROM (SELECT s."id" AS chunk_key
                              FROM "shop"."thing" s
                              WHERE s."id" > ?
                              ORDER BY s."id"
                              LIMIT 500) chunk
                        WHERE chunk_key <= ?""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL", "MySQL", "MariaDB", "SQLite"})
    void digits_are_those_of_sql_in_every_locale(String product) {
        List<String> usual = statementsWithNumbers(product);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG")); // it has digits of its own
            assertThat("%d".formatted(1)).isNotEqualTo("1");
            assertThat(statementsWithNumbers(product)).isEqualTo(usual);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static List<String> statementsWithNumbers(String product) {
        Dialect dialect = Dialects.of(product, "1");
        var sql = new BackfillSql(Things.TOTAL, dialect, SCHEMA);
        var orphans = new OrphanSql(sql, dialect);
        KeyRange range = KeyRange.after("a", "b");
        return List.of(
                sql.insertAll(),
                sql.chunk(range, 500),
                new CutSql(Things.TOTAL.target(), sql, dialect).filled(),
                orphans.targetChunk(range, 500),
                orphans.orphanKeys(range, 3),
                new VerificationSql(Things.TOTAL, sql, dialect).keys(range, Finding.MISSING, 3),
                dialect.timed("SELECT 1", new Timeouts(Duration.ofSeconds(1), Duration.ofMillis(1_005))));
    }
}
