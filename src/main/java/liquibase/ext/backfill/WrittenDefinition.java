package liquibase.ext.backfill;

import java.util.Optional;
import java.util.function.Supplier;
import liquibase.ext.backfill.definitions.BackfillDefinition;

/**
 * A definition as it was written in a changelog, or what is wrong with it: Liquibase wants to hear of that when it
 * validates the changeset, and not when it reads it.
 */
final class WrittenDefinition {
    private final Optional<BackfillDefinition> definition;
    private final String problem;

    private WrittenDefinition(Optional<BackfillDefinition> definition, String problem) {
        this.definition = definition;
        this.problem = problem;
    }

    /** Before anything was read. */
    static WrittenDefinition missing(String what) {
        return new WrittenDefinition(Optional.empty(), what + " has no definition");
    }

    /** @param parser that throws {@link IllegalArgumentException} for what is wrong */
    static WrittenDefinition read(Supplier<BackfillDefinition> parser) {
        try {
            return new WrittenDefinition(Optional.of(parser.get()), "");
        } catch (IllegalArgumentException e) {
            return new WrittenDefinition(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /** What is wrong with it; empty if nothing is. */
    Optional<String> problem() {
        return definition.isPresent() ? Optional.empty() : Optional.of(problem);
    }

    /** @throws IllegalStateException if something is wrong with it; the message says what */
    BackfillDefinition get() {
        return definition.orElseThrow(() -> new IllegalStateException(problem));
    }
}
