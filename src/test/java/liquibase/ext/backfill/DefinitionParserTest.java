package liquibase.ext.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.parser.core.ParsedNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

class DefinitionParserTest {
    private static final String COMPLETE = """
            name: order.tag
            sourceTable: orders
            sourceKey: id
            joins: [{join: {table: customer, key: id, reference: customer_id}}]
            targetTable: order_tag
            targetReference: order_id
            identity: [{constant: {column: tag, text: customer}}]
            columns:
              - column:
                  name: value
                  maxLength: 10
                  firstOf: [{columnValue: {column: who}}, {literal: {text: ''}}]
            """;

    @Test
    void the_example_changelog_defines_what_the_shipped_classes_define() throws Exception {
        List<BackfillDefinition> defined = backfillsOf("liquibase-backfill/examples/db.changelog-backfill-type.yaml");

        assertThat(defined)
                .extracting(BackfillDefinition::source, BackfillDefinition::target, BackfillDefinition::coverage)
                .containsExactlyElementsOf(
                        Stream.of(SystemAnnotations.createdBy(), SystemAnnotations.nameFromComponentSpec())
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
                        "backfill.joins.join needs key; it has table, kee, "),
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
