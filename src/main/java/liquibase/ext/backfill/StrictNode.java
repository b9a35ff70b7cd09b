package liquibase.ext.backfill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import liquibase.parser.core.ParsedNode;

/**
 * A node of a changelog that has named parts and nothing else, each of them known: Liquibase itself drops what it does
 * not know, and takes the first where a part comes twice.
 *
 * <p>Everything that is wrong is an {@link IllegalArgumentException} whose message names the place.
 */
final class StrictNode {
    private final ParsedNode node;
    private final String path;

    private StrictNode(ParsedNode node, String path) {
        this.node = node;
        this.path = path;
        if (node.getValue() != null) {
            throw new IllegalArgumentException(
                    "%s has \"%s\", which belongs to no part of it".formatted(path, node.getValue()));
        }
    }

    /** The topmost node, whose path is its name. */
    static StrictNode root(ParsedNode node) {
        return new StrictNode(node, node.getName());
    }

    String name() {
        return node.getName();
    }

    /** To be called before anything is asked for, so that a misspelt part is not taken for a missing one. */
    StrictNode only(String... known) {
        List<String> sorted = Arrays.stream(known).sorted().toList();
        names().stream().filter(name -> !sorted.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    "%s does not know %s: use %s".formatted(path, name, String.join(", ", sorted)));
        });
        return this;
    }

    private List<String> names() {
        return node.getChildren().stream().map(ParsedNode::getName).toList();
    }

    private Optional<ParsedNode> part(String name) {
        List<ParsedNode> found = node.getChildren().stream()
                .filter(child -> child.getName().equals(name))
                .toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException("%s has %s twice: give it once".formatted(path, name));
        }
        return found.stream().findFirst();
    }

    private ParsedNode required(String name) {
        return part(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s needs %s; it has %s".formatted(path, name, String.join(", ", names()))));
    }

    String text(String name) {
        return scalar(required(name));
    }

    Optional<String> optional(String name) {
        return part(name).map(this::scalar);
    }

    private String scalar(ParsedNode child) {
        boolean single = child.getChildren().isEmpty() && !(child.getValue() instanceof Iterable);
        if (!single) {
            throw new IllegalArgumentException("%s wants one text as its %s".formatted(path, child.getName()));
        }
        return text(child.getValue(), child.getName());
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

    int number(String name) {
        String text = String.valueOf(required(name).getValue());
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s of %s is \"%s\": use a whole number".formatted(name, path, text));
        }
    }

    /** The elements of a list, which YAML and JSON wrap and XML need not. */
    List<StrictNode> elements(String wrapper, String... names) {
        List<StrictNode> elements = new ArrayList<>();
        part(wrapper)
                .map(list -> new StrictNode(list, path + "." + wrapper).only(names))
                .ifPresent(list -> elements.addAll(list.children(names)));
        elements.addAll(children(names));
        return elements;
    }

    /** Like {@link #elements}, and at least one of them. */
    List<StrictNode> someElements(String wrapper, String... names) {
        List<StrictNode> elements = elements(wrapper, names);
        if (elements.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s needs %s: give at least one %s".formatted(path, wrapper, String.join(", ", names)));
        }
        return elements;
    }

    private List<StrictNode> children(String... names) {
        return node.getChildren().stream()
                .filter(child -> List.of(names).contains(child.getName()))
                .map(child -> new StrictNode(child, path + "." + child.getName()))
                .toList();
    }
}
