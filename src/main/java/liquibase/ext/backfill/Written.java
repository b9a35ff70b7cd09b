package liquibase.ext.backfill;

import java.util.Optional;
import java.util.function.Supplier;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;

/**
 * What was written in a changelog, or what is wrong with it.
 *
 * @param <T> what it means
 */
final class Written<T> {
    private final Optional<T> meaning;
    private final String problem;

    private Written(Optional<T> meaning, String problem) {
        this.meaning = meaning;
        this.problem = problem;
    }

    /** Before anything was read. */
    static <T> Written<T> missing(String what) {
        return new Written<>(Optional.empty(), what + " has no definition");
    }

    /**
     * Keeps what is wrong, for whoever is asked to validate it.
     *
     * @param parser that throws {@link IllegalArgumentException} for what is wrong
     */
    static <T> Written<T> read(Supplier<T> parser) {
        try {
            return new Written<>(Optional.of(parser.get()), "");
        } catch (IllegalArgumentException e) {
            return new Written<>(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Refuses what is wrong at once, because Liquibase validates no precondition of a changeset. Only a changelog
     * property that was not resolved waits until the precondition is looked at: it may belong to a context that is not
     * the one at hand.
     *
     * @throws ParsedNodeException that names what is wrong
     */
    static <T> Written<T> readOrRefuse(ParsedNode node, Supplier<T> parser) throws ParsedNodeException {
        Written<T> written = read(parser);
        if (written.problem().isPresent() && !node.toString().contains("${")) {
            throw new ParsedNodeException(written.problem);
        }
        return written;
    }

    /** What is wrong with it; empty if nothing is. */
    Optional<String> problem() {
        return meaning.isPresent() ? Optional.empty() : Optional.of(problem);
    }

    /** Empty if something is wrong with it. */
    Optional<T> meaning() {
        return meaning;
    }

    /** @throws IllegalStateException if something is wrong with it; the message says what */
    T get() {
        return meaning.orElseThrow(() -> new IllegalStateException(problem));
    }
}
