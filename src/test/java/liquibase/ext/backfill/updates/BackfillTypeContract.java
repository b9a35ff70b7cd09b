package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.PipelineRuns.NAME;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import liquibase.Scope;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.EmbeddedLiquibase.Outcome;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The change type {@code backfill} and the precondition {@code parity}, written in a changelog without any Java. */
abstract class BackfillTypeContract extends UpdateContract {
    private static final String EXAMPLE = "liquibase-backfill/examples/db.changelog-backfill-type.yaml";
    private static final Path PAGE = Path.of("src/site/markdown/own-backfill.md");

    BackfillTypeContract(TestDatabase product) {
        super(product);
    }

    @ParameterizedTest
    @ValueSource(strings = {EXAMPLE, "changelogs/backfill-type.xml", "changelogs/backfill-type.json"})
    void every_format_gives_the_table_that_the_shipped_backfills_give(String changelog) throws Exception {
        List<Run> some = Run.some(60);
        runs.createTables();
        runs.add(some);

        assertThat(liquibase().update(changelog).failure()).isEmpty();

        assertThat(runs.annotations()).isEqualTo(inParity(some));
        assertThat(liquibase().update(BACKFILLS).said()).doesNotContain("inserted");
    }

    @Test
    void the_page_shows_xml_that_was_run() throws Exception {
        assertThat(Files.readString(Path.of("src/test/resources/changelogs/backfill-type.xml")))
                .contains(block("xml", "ext:backfill"));
    }

    @Test
    @Tag("since-liquibase-5.0.4")
    void policies_that_forbid_custom_changes_and_sql_preconditions_leave_it_alone() throws Exception {
        List<Run> some = Run.some(5);
        runs.createTables();
        runs.add(some);
        EmbeddedLiquibase strict =
                liquibase().with("liquibase.allowCustomChange", false).with("liquibase.allowSqlPrecondition", false);

        Outcome forbidden = strict.update(BACKFILLS);
        Outcome allowed = strict.update(EXAMPLE);

        assertThat(forbidden.failure()).contains("customChange is disabled");
        assertThat(allowed.failure()).isEmpty();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void it_is_skipped_in_parity_and_finds_a_row_that_is_lost_later() throws Exception {
        List<Run> some = Run.some(5);
        runs.createTables();
        runs.add(some);
        liquibase().update(EXAMPLE);
        List<List<String>> recorded = runs.changelog();

        liquibase().update(EXAMPLE);
        assertThat(runs.changelog()).isEqualTo(recorded);
        runs.removeAnnotation(some.get(2).id(), NAME);
        liquibase().update(EXAMPLE);

        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void a_dry_run_writes_nothing_and_its_statements_do_what_an_update_does() throws Exception {
        List<Run> some = Run.some(30);
        runs.createTables();
        runs.add(some);

        Outcome outcome = liquibase().updateSql(EXAMPLE);

        assertThat(outcome.failure()).isEmpty();
        assertThat(runs.annotations()).isEmpty();
        for (String statement : outcome.said().split(";\\R")) {
            if (statement.contains("pipeline_run_annotation") && statement.contains("INSERT INTO")) {
                runs.execute(statement);
            }
        }
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void a_rollback_leaves_the_rows() throws Exception {
        List<Run> some = Run.some(5);
        runs.createTables();
        runs.add(some);
        Map<String, Object> on =
                Map.of("url", database.url(), "username", database.user(), "password", database.password());

        Outcome tested = EmbeddedLiquibase.run("updateTestingRollback", EXAMPLE, on, Map.of());

        assertThat(tested.failure()).isEmpty();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    @Test
    void the_example_of_the_page_runs_and_what_needs_it_waits_for_parity(@TempDir Path folder) throws Exception {
        runs.execute("CREATE TABLE customer (id INTEGER NOT NULL PRIMARY KEY, profile VARCHAR(1000))");
        runs.execute("CREATE TABLE orders (id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER, "
                + "customer_name VARCHAR(100))");
        runs.execute("CREATE TABLE order_tag (order_id INTEGER NOT NULL, tag VARCHAR(20) NOT NULL, "
                + "value VARCHAR(100), PRIMARY KEY (order_id, tag))");
        runs.execute("CREATE TABLE feature (name VARCHAR(100))");
        runs.execute("INSERT INTO customer VALUES (1, '{\"contact\": {\"name\": \"Ann\"}}')");
        runs.execute("INSERT INTO orders VALUES (1, 1, NULL), (2, 1, 'Bob'), (3, NULL, NULL)");
        String backfill = block("databaseChangeLog");
        String gate = block("search-by-customer");
        Files.writeString(folder.resolve("orders.yaml"), backfill + gate);
        EmbeddedLiquibase onPage =
                liquibase().with(Scope.Attr.resourceAccessor.name(), new DirectoryResourceAccessor(folder));

        Outcome skipped = onPage.with("liquibase.backfill.mode", "skip").update("orders.yaml");

        assertThat(skipped.failure())
                .contains("orders still lack their customer tag; backfill first, then run the update again");
        assertThat(runs.recorded()).isEmpty();

        Outcome stopped = onPage.with("liquibase.backfill.timeBox", "0s").update("orders.yaml");

        assertThat(stopped.said()).contains("its time box is used up");
        assertThat(stopped.failure())
                .contains("orders still lack their customer tag; backfill first, then run the update again");
        assertThat(runs.recorded()).contains("order-customer-tag");
        assertThat(runs.read("SELECT name FROM feature")).isEmpty();

        assertThat(onPage.update("orders.yaml").failure()).isEmpty();

        assertThat(runs.read("SELECT order_id, tag, value FROM order_tag ORDER BY order_id"))
                .containsExactly(
                        List.of("1", "customer", "Ann"), List.of("2", "customer", "Bob"), List.of("3", "customer", ""));
        assertThat(runs.read("SELECT name FROM feature")).containsExactly(List.of("search-by-customer"));
    }

    @Test
    void a_definition_in_java_is_run_by_its_class() throws Exception {
        runs.execute("CREATE TABLE orders (id INTEGER NOT NULL PRIMARY KEY, customer_name VARCHAR(100))");
        runs.execute("CREATE TABLE order_tag (order_id INTEGER NOT NULL, tag VARCHAR(20) NOT NULL, "
                + "value VARCHAR(100), PRIMARY KEY (order_id, tag))");
        runs.execute("INSERT INTO orders VALUES (1, 'Ann'), (2, NULL)");

        assertThat(liquibase().update("changelogs/java-definition.yaml").failure())
                .isEmpty();

        assertThat(runs.read("SELECT order_id, tag, value FROM order_tag ORDER BY order_id"))
                .containsExactly(List.of("1", "customer", "Ann"), List.of("2", "customer", ""));
        assertThat(Files.readString(Path.of("src/test/java/com/example/CustomerTagBackfill.java")))
                .endsWith(block("java", "class CustomerTagBackfill"));
    }

    private static String block(String text) throws Exception {
        return block("yaml", text);
    }

    /** The page's block in a language that contains a text. */
    private static String block(String language, String text) throws Exception {
        return Pattern.compile("```" + language + "\\R(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(text))
                .findFirst()
                .orElseThrow();
    }
}
