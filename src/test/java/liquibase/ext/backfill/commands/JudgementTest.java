package liquibase.ext.backfill.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Coverage;
import liquibase.ext.backfill.definitions.Source;
import liquibase.ext.backfill.definitions.Target;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static BackfillDefinition definition(String name, String key, Coverage coverage) {
        return new BackfillDefinition(
                name,
                new Source("run", "id", List.of()),
                new Target("annotation", "run_id", List.of(new Target.Constant("key", key)), List.of()),
                coverage);
    }

    @Test
    void a_total_backfill_judges_for_the_partial_ones_beside_it_wherever_it_stands() {
        assertThat(Judgement.of(List.of(
                        definition("partial", "name", Coverage.PARTIAL),
                        definition("total", "name", Coverage.TOTAL),
                        definition("another key", "creator", Coverage.TOTAL),
                        definition("late", "name", Coverage.PARTIAL))))
                .extracting(judgement -> judgement.judge().name(), Judgement::covered)
                .containsExactly(
                        tuple("total", List.of("partial", "total", "late")),
                        tuple("another key", List.of("another key")));
    }

    @Test
    void of_two_total_backfills_the_first_judges_because_what_it_wrote_is_never_changed() {
        assertThat(Judgement.of(List.of(
                        definition("first", "name", Coverage.TOTAL), definition("second", "name", Coverage.TOTAL))))
                .extracting(judgement -> judgement.judge().name(), Judgement::covered)
                .containsExactly(tuple("first", List.of("first", "second")));
    }

    @Test
    void partial_backfills_without_a_total_one_are_judged_each_by_itself() {
        assertThat(Judgement.of(List.of(
                        definition("one", "name", Coverage.PARTIAL), definition("other", "name", Coverage.PARTIAL))))
                .extracting(judgement -> judgement.judge().name(), Judgement::covered)
                .containsExactly(tuple("one", List.of("one")), tuple("other", List.of("other")));
    }
}
