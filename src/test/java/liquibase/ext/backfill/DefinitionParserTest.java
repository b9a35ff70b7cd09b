package liquibase.ext.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.parser.core.ParsedNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

class DefinitionParserTest {
    private static final String JOINS = "joins: [{join: {table: customer, key: id, reference: customer_id}}]";
    private static final String IDENTITY = "identity: [{constant: {column: tag, text: customer}}]";
    private static final String FIRST_OF = "firstOf: [{columnValue: {column: who}}, {literal: {text: ''}}]";
    private static final String COLUMNS = """
            columns:
              - column:
                  name: value
                  maxLength: 10
                  %s
            """.formatted(FIRST_OF);
    private static final String COMPLETE = """
            name: order.tag
            sourceTable: orders
            sourceKey: id
            %s
            targetTable: order_tag
            targetReference: order_id
            %s
            %s""".formatted(JOINS, IDENTITY, COLUMNS);

    @Test
    void the_example_changelog_defines_what_the_shipped_classes_define() throws Exception {
        List<BackfillDefinition> defined = backfillsOf("liquibase-backfill/examples/db.changelog-backfill-type.yaml");

        assertThat(defined)
                .extracting(BackfillDefinition::source, BackfillDefinition::target, BackfillDefinition::coverage)
                .containsExactlyElementsOf(Stream.of(
                                SystemAnnotations.createdBy(),
                                SystemAnnotations.nameFromExtraData(),
                                SystemAnnotations.nameFromComponentSpec())
                        .map(shipped -> tuple(shipped.source(), shipped.target(), shipped.coverage()))
                        .toList());
    }

    @Test
    void a_value_without_a_table_is_read_from_the_source() throws Exception {
        BackfillDefinition definition = DefinitionParser.backfill(node("backfill", COMPLETE));

        assertThat(definition.target().columns().get(0).firstOf())
                .hasToString("[Column[table=orders, column=who], Literal[text=]]");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("name: order.tag", "", "backfill needs name; it has sourceTable, "),
                refusal(
                        "key: id, reference: customer_id",
                        "key: id",
                        "backfill.joins.join needs reference; it has table, key"),
                refusal("sourceTable: orders", "sourceTabel: orders", "backfill does not know sourceTabel: use "),
                refusal(COLUMNS, "", "backfill needs columns: give at least one column"),
                refusal(COLUMNS, "columns: []", "backfill needs columns: give at least one column"),
                refusal(COLUMNS, "columns: value", "backfill.columns has \"value\", which belongs to no part of it"),
                refusal(COLUMNS, "columns: [column]", "backfill.columns has \"column\", which belongs to no part"),
                refusal(COLUMNS, "columns: [{column: value}]", "backfill.columns.column has \"value\", which"),
                refusal(COLUMNS, COLUMNS + "column: value", "backfill.column has \"value\", which belongs to no part"),
                refusal(IDENTITY, "identity: customer", "backfill.identity has \"customer\", which belongs to no part"),
                refusal(JOINS, "joins: customer", "backfill.joins has \"customer\", which belongs to no part of it"),
                refusal(FIRST_OF, "firstOf: who", "backfill.columns.column.firstOf has \"who\", which belongs to no"),
                refusal(FIRST_OF, "firstOf: []", "backfill.columns.column needs firstOf: give at least one column"),
                refusal(", {literal: {text: ''}}", ", literal", "column.firstOf has \"literal\", which belongs to no"),
                refusal("{text: ''}", "x", "backfill.columns.column.firstOf.literal has \"x\", which belongs to no"),
                refusal("{text: ''}", "[{text: a}, {text: b}]", "firstOf.literal has text twice: give it once"),
                refusal(
                        "maxLength: 10",
                        "maxLength: [10, 20]",
                        "maxLength of backfill.columns.column is \"[10, 20]\": use a whole number"),
                refusal(
                        "sourceKey: id",
                        "sourceKey: 'id, line'",
                        "sourceKey is \"id, line\": a composite key cannot be used"),
                refusal("sourceKey: id", "sourceKey: [id, line]", "backfill wants one text as its sourceKey"),
                refusal(
                        "targetReference: order_id",
                        "targetReference: 'a,b'",
                        "targetReference is \"a,b\": a composite key"),
                refusal(
                        "sourceKey: id",
                        "sourceKey: id\nwhere: 1 = 1",
                        "backfill does not know where: use column, columns, constant, "),
                refusal(
                        "key: id, reference",
                        "kee: id, reference",
                        "backfill.joins.join does not know kee: use key, reference, table"),
                refusal(
                        "maxLength: 10",
                        "maxLength: ten",
                        "maxLength of backfill.columns.column is \"ten\": use a whole number"),
                refusal("maxLength: 10", "maxLength: 0", "target column value keeps 0 code points: keep at least 1"),
                refusal(
                        "columnValue: {column: who}",
                        "sql: {text: x}",
                        "backfill.columns.column.firstOf does not know sql: use "),
                refusal(
                        "columnValue: {column: who}",
                        "columnValue: {table: other, column: who}",
                        "reads a value from table other"),
                refusal(
                        "columnValue: {column: who}",
                        "jsonString: {column: who, path: a..b}",
                        "\"\" cannot be a key of a JSON path"),
                refusal("tag, text: customer", "value, text: customer", "fills a column of order_tag twice"),
                refusal(
                        "targetTable: order_tag",
                        "targetTable: order_tag\ncoverage: some",
                        "coverage is \"some\": use total or partial"),
                refusal("tag, text: customer", "tag, text: 2024-01-01", "and no text: put it into quotes"),
                refusal(
                        "tag, text: customer",
                        "tag, text: yes",
                        "text of backfill.identity.constant is true and no text"),
                refusal(
                        "tag, text: customer",
                        "tag, text: '${tag}'",
                        "\"${tag}\": the changelog property in it was not resolved"),
                refusal(
                        "sourceTable: orders",
                        "sourceTable: ${table}",
                        "the changelog property in it was not resolved"));
    }

    private static Arguments refusal(String from, String to, String message) {
        return Arguments.of(COMPLETE.replace(from, to), message);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_is_wrong_is_named(String yaml, String message) {
        assertThat(yaml).isNotEqualTo(COMPLETE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DefinitionParser.backfill(node("backfill", yaml)))
                .withMessageContaining(message);
    }

    @Test
    void a_field_that_a_list_has_twice_is_refused_instead_of_taking_the_first() {
        String yaml = COMPLETE.lines()
                .map(line -> line.startsWith(" ") ? "  " + line : "- " + line)
                .map(line -> line.equals("- sourceKey: id") ? line + "\n- sourceKey: other" : line)
                .collect(Collectors.joining("\n"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DefinitionParser.backfill(node("backfill", yaml)))
                .withMessage("backfill has sourceKey twice: give it once");
    }

    @Test
    void a_list_that_comes_twice_is_refused() {
        String yaml = "- " + COMPLETE.replace("\n", "\n  ") + "\n- " + IDENTITY;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DefinitionParser.backfill(node("backfill", yaml)))
                .withMessage("backfill has identity twice: give it once");
    }

    @Test
    void elements_may_stand_without_their_list_as_xml_has_them() throws Exception {
        ParsedNode node = node("backfill", COMPLETE);
        ParsedNode bare = node("backfill", COMPLETE.replace(IDENTITY, "constant: {column: tag, text: customer}"));
        bare.addChild(null, "constant", Map.of("column", "kind", "text", "second"));

        assertThat(DefinitionParser.backfill(bare).target().identity())
                .containsExactly(
                        DefinitionParser.backfill(node).target().identity().get(0),
                        new Target.Constant("kind", "second"));
    }

    @Test
    void a_parity_precondition_knows_no_columns() {
        String yaml = "sourceTable: a\nsourceKey: id\ntargetTable: b\ntargetReference: a_id\ncolumns: []";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DefinitionParser.parity(node("parity", yaml)))
                .withMessageStartingWith("parity does not know columns: use constant, identity, sourceKey, ");
    }

    private static ParsedNode node(String name, String yaml) throws Exception {
        return new ParsedNode(null, name).setValue(new Yaml().load(yaml));
    }

    /** The backfill changes of a changelog on the class path, as Liquibase's own YAML model would hand them on. */
    private static List<BackfillDefinition> backfillsOf(String changelog) throws Exception {
        try (var content = DefinitionParserTest.class.getClassLoader().getResourceAsStream(changelog)) {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Object> root = new Yaml().load(text);
            var parsed = new ParsedNode(null, "databaseChangeLog").setValue(root.get("databaseChangeLog"));
            return parsed.getChildren(null, "changeSet").stream()
                    .flatMap(changeSet -> changeSet.getChildren(null, "changes").stream())
                    .flatMap(changes -> changes.getChildren(null, "backfill").stream())
                    .map(DefinitionParser::backfill)
                    .toList();
        }
    }
}
