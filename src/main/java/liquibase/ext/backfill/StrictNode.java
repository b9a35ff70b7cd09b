package liquibase.ext.backfill;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import liquibase.parser.core.ParsedNode;

/** A node of a changelog of which every part must be known: Liquibase itself drops what it does not know. */
final class StrictNode {
    private final ParsedNode node;
    private final String path;
    private final Set<String> known = new HashSet<>();

    StrictNode(ParsedNode node, String path) {
        this.node = node;
        this.path = path;
    }

    String name() {
        return node.getName();
    }

    /** @throws IllegalArgumentException if it is missing */
    String text(String name) {
        return optional(name).orElseThrow(() -> missing(name));
    }

    private List<String> names() {
        return node.getChildren().stream().map(ParsedNode::getName).toList();
    }

    Optional<String> optional(String name) {
        known.add(name);
        return node.getChildren().stream()
                .filter(child -> child.getName().equals(name))
                .findFirst()
                .map(child -> scalar(child, name));
    }

    private String scalar(ParsedNode child, String name) {
        boolean single = child.getChildren().isEmpty() && !(child.getValue() instanceof Iterable);
        if (!single) {
            throw new IllegalArgumentException("%s wants one text as its %s".formatted(path, name));
        }
        return text(child.getValue(), name);
    }

    /** YAML reads an unquoted date, number or {@code yes} as something that prints differently. */
    private String text(Object value, String name) {
        if (value != null && !(value instanceof String)) {
            throw new IllegalArgumentException(
                    "%s of %s is %s and no text: put it into quotes".formatted(name, path, value));
        }
        String text = value == null ? "" : (String) value;
        if (text.contains("${")) {
            throw new IllegalArgumentException(
                    "%s of %s is \"%s\": the changelog property in it was not resolved".formatted(name, path, text));
        }
        return text;
    }

    /** @throws IllegalArgumentException if it is missing or no whole number */
    int number(String name) {
        known.add(name);
        Object value = node.getChildren().stream()
                .filter(child -> child.getName().equals(name))
                .findFirst()
                .map(ParsedNode::getValue)
                .orElseThrow(() -> missing(name));
        try {
            return Integer.parseInt(value.toString().strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s of %s is \"%s\": use a whole number".formatted(name, path, value));
        }
    }

    private IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("%s needs %s; it has %s".formatted(path, name, String.join(", ", names())));
    }

    /** The elements of a list, which YAML and JSON wrap and XML need not. */
    List<StrictNode> elements(String wrapper, String... names) {
        Set<String> wanted = Set.of(names);
        known.add(wrapper);
        known.addAll(wanted);
        List<StrictNode> elements = new ArrayList<>();
        for (ParsedNode child : node.getChildren()) {
            if (child.getName().equals(wrapper)) {
                elements.addAll(new StrictNode(child, path + "." + wrapper).onlyElements(wanted));
            } else if (wanted.contains(child.getName())) {
                elements.add(new StrictNode(child, path + "." + child.getName()));
            }
        }
        return elements;
    }

    private List<StrictNode> onlyElements(Set<String> wanted) {
        known.addAll(wanted);
        rejectUnknown();
        return node.getChildren().stream()
                .map(child -> new StrictNode(child, path + "." + child.getName()))
                .toList();
    }

    /** To be called when everything known was asked for. */
    void rejectUnknown() {
        names().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("%s does not know %s: use %s"
                    .formatted(
                            path,
                            name,
                            String.join(", ", known.stream().sorted().toList())));
        });
    }
}
