package liquibase.ext.backfill;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Coverage;
import liquibase.ext.backfill.definitions.Source;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.definitions.Value;
import liquibase.parser.core.ParsedNode;

/**
 * Reads a definition from a changelog. Structured fields only: a changelog cannot bring SQL of its own in.
 *
 * <p>Everything that is wrong is an {@link IllegalArgumentException} whose message names the place.
 */
final class DefinitionParser {
    private DefinitionParser() {}

    /** A {@code backfill:} change. */
    static BackfillDefinition backfill(ParsedNode parsed) {
        StrictNode node = StrictNode.root(parsed)
                .only(
                        "name",
                        "sourceTable",
                        "sourceKey",
                        "joins",
                        "join",
                        "targetTable",
                        "targetReference",
                        "identity",
                        "constant",
                        "columns",
                        "column",
                        "coverage");
        String name = node.text("name");
        Source source = source(node, joins(node));
        Target target = target(node, columns(node, source.table()));
        Coverage coverage = coverage(node.optional("coverage").orElse("total"));
        return new BackfillDefinition(name, source, target, coverage);
    }

    /** A {@code parity:} precondition, as the definition of what it counts. */
    static BackfillDefinition parity(ParsedNode parsed) {
        StrictNode node = StrictNode.root(parsed)
                .only("sourceTable", "sourceKey", "targetTable", "targetReference", "identity", "constant");
        Source source = source(node, List.of());
        Target target = target(node, List.of());
        return new BackfillDefinition(
                "%s and %s".formatted(source.table(), target.table()), source, target, Coverage.TOTAL);
    }

    private static Source source(StrictNode node, List<Source.Join> joins) {
        return new Source(node.text("sourceTable"), key(node, "sourceKey"), joins);
    }

    private static Target target(StrictNode node, List<Target.Computed> columns) {
        var identity = node.elements("identity", "constant").stream()
                .map(DefinitionParser::constant)
                .toList();
        return new Target(node.text("targetTable"), key(node, "targetReference"), identity, columns);
    }

    private static String key(StrictNode node, String name) {
        String key = node.text(name);
        if (key.contains(",")) {
            throw new IllegalArgumentException(
                    ("%s is \"%s\": a composite key cannot be used, because a chunk is a range "
                                    + "of one column; use a column that is unique by itself")
                            .formatted(name, key));
        }
        return key;
    }

    private static List<Source.Join> joins(StrictNode node) {
        return node.elements("joins", "join").stream()
                .map(join -> join.only("table", "key", "reference"))
                .map(join -> new Source.Join(join.text("table"), key(join, "key"), join.text("reference")))
                .toList();
    }

    private static Target.Constant constant(StrictNode node) {
        node.only("column", "text");
        return new Target.Constant(node.text("column"), node.text("text"));
    }

    /** One at least: a list that was lost would leave its columns empty in every row, and rows are never changed. */
    private static List<Target.Computed> columns(StrictNode node, String sourceTable) {
        return node.someElements("columns", "column").stream()
                .map(column -> column(column, sourceTable))
                .toList();
    }

    private static Target.Computed column(StrictNode node, String sourceTable) {
        node.only("name", "maxLength", "firstOf", "columnValue", "jsonString", "literal");
        List<Value> values = node.someElements("firstOf", "columnValue", "jsonString", "literal").stream()
                .map(value -> value(value, sourceTable))
                .toList();
        return new Target.Computed(node.text("name"), values, node.number("maxLength"));
    }

    private static Value value(StrictNode node, String sourceTable) {
        return switch (node.name()) {
            case "literal" -> new Value.Literal(node.only("text").text("text"));
            case "jsonString" -> {
                node.only("table", "column", "path");
                yield new Value.JsonString(
                        node.optional("table").orElse(sourceTable),
                        node.text("column"),
                        Arrays.asList(node.text("path").split("\\.", -1)));
            }
            default -> {
                node.only("table", "column");
                yield new Value.Column(node.optional("table").orElse(sourceTable), node.text("column"));
            }
        };
    }

    private static Coverage coverage(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "total" -> Coverage.TOTAL;
            case "partial" -> Coverage.PARTIAL;
            default -> throw new IllegalArgumentException("coverage is \"%s\": use total or partial".formatted(text));
        };
    }
}
