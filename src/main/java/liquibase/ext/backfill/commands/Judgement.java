package liquibase.ext.backfill.commands;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Target;

/**
 * Which definition says what a target row is to hold, where several write the same rows: the total one, and the first
 * of several, because existing rows are never changed. Partial ones without a total one are judged each by itself.
 *
 * @param judge the definition that says it
 * @param covered the names of all whose rows it judges, its own among them
 */
record Judgement(BackfillDefinition judge, List<String> covered) {
    Judgement {
        covered = List.copyOf(covered);
    }

    /** What tells the rows of one target from those of another. */
    private record Rows(
            String sourceTable,
            String sourceKey,
            String targetTable,
            String reference,
            List<Target.Constant> identity) {
        static Rows of(BackfillDefinition definition) {
            Target target = definition.target();
            return new Rows(
                    definition.source().table(),
                    definition.source().key(),
                    target.table(),
                    target.reference(),
                    target.identity());
        }
    }

    /** The judgements that are needed, in the order of the definitions. */
    static List<Judgement> of(List<BackfillDefinition> definitions) {
        Map<Rows, List<BackfillDefinition>> byRows =
                definitions.stream().collect(Collectors.groupingBy(Rows::of, LinkedHashMap::new, Collectors.toList()));
        return byRows.values().stream().flatMap(Judgement::among).toList();
    }

    private static Stream<Judgement> among(List<BackfillDefinition> sharing) {
        return sharing.stream()
                .filter(BackfillDefinition::isTotal)
                .findFirst()
                .map(total -> Stream.of(new Judgement(total, names(sharing))))
                .orElseGet(() -> sharing.stream().map(partial -> new Judgement(partial, List.of(partial.name()))));
    }

    private static List<String> names(List<BackfillDefinition> definitions) {
        return definitions.stream().map(BackfillDefinition::name).toList();
    }
}
