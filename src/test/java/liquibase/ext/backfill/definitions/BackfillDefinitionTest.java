package liquibase.ext.backfill.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BackfillDefinitionTest {
    private static final Source THINGS = new Source("thing", "id", List.of());
    private static final Value LABEL = new Value.Column("thing", "label");

    private static Target tags(String constant, String computed, Value... firstOf) {
        return new Target(
                "tag",
                "thing_id",
                List.of(new Target.Constant(constant, "label")),
                List.of(new Target.Computed(computed, List.of(firstOf), 255)));
    }

    private static BackfillDefinition definition(String name, Source source, Target target) {
        return new BackfillDefinition(name, source, target, Coverage.TOTAL);
    }

    static Stream<Arguments> refused() {
        Target fine = tags("name", "content", LABEL);
        return Stream.of(
                row(() -> definition(" ", THINGS, fine), "a backfill has no name"),
                row(() -> definition("n".repeat(256), THINGS, fine), "has 256 characters; 255 is the limit"),
                row(() -> definition("${name}", THINGS, fine), "the changelog property in it was not resolved"),
                row(() -> definition("b", null, fine), "backfill b has no source"),
                row(() -> definition("b", THINGS, null), "backfill b has no target"),
                row(
                        () -> new BackfillDefinition("b", THINGS, fine, null),
                        "does not say whether it is total or partial"),
                row(
                        () -> definition("b", THINGS, tags("name", "content", new Value.Column("other", "label"))),
                        "backfill b reads a value from table other, which is neither its source nor joined: [thing]"),
                row(
                        () -> definition("b", THINGS, tags("name", "name", LABEL)),
                        "backfill b fills a column of tag twice"),
                row(
                        () -> definition(
                                "b", new Source("thing", "id", List.of(new Source.Join("thing", "id", "other"))), fine),
                        "backfill b names a table twice: [thing, thing]"),
                row(() -> new Source("", "id", List.of()), "the source table has no name"),
                row(() -> new Source("thing", null, List.of()), "the key of source table thing has no name"),
                row(() -> tags("name", "content"), "target column content has no value to be filled from"),
                row(
                        () -> new Target.Computed("content", List.of(LABEL), 0),
                        "target column content keeps 0 code points: keep at least 1"),
                row(() -> new Target.Constant("name", null), "the constant of target column name is missing"),
                row(() -> new Value.Literal(null), "a literal needs a text; it may be empty"),
                row(
                        () -> new Value.JsonString("thing", "document", List.of()),
                        "the JSON value of thing.document has an empty path"),
                row(
                        () -> new Value.JsonString("thing", "document", List.of("it's")),
                        "\"it's\" cannot be a key of a JSON path: use letters, digits and underscores"),
                row(() -> new Value.JsonString("thing", "document", List.of("1st")), "with no digit in front"));
    }

    private static Arguments row(ThrowingCallable making, String reason) {
        return arguments(making, reason);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_does_not_fit_is_refused_with_the_reason(ThrowingCallable making, String reason) {
        assertThatThrownBy(making).hasMessageContaining(reason);
    }

    /** If this fails, finished work would be done again after an update of this library. */
    @Test
    void the_fingerprints_of_the_shipped_backfills_are_what_they_were() {
        assertThat(SystemAnnotations.all())
                .extracting(BackfillDefinition::name, BackfillDefinition::fingerprint)
                .containsExactly(
                        tuple("pipeline_run.created_by", "5d624145aaffe3ceadc7e74e02091e28"),
                        tuple("pipeline_run.name/extra_data", "1867de6c1cc020b9996042c98cb16f20"),
                        tuple("pipeline_run.name/component_spec", "4142b51e4ec505df2c0e5adf6590d1bc"));
    }

    @Test
    void a_fingerprint_changes_with_whatever_is_backfilled() {
        var original = definition("b", THINGS, tags("name", "content", LABEL));

        assertThat(definition("another name", THINGS, original.target()).fingerprint())
                .isEqualTo(original.fingerprint());
        assertThat(Stream.of(
                                new BackfillDefinition("b", THINGS, original.target(), Coverage.PARTIAL),
                                definition("b", new Source("thing", "uid", List.of()), original.target()),
                                definition("b", THINGS, tags("kind", "content", LABEL)),
                                definition("b", THINGS, tags("name", "content", LABEL, new Value.Literal(""))),
                                original)
                        .map(BackfillDefinition::fingerprint))
                .doesNotHaveDuplicates();
    }
}
