package liquibase.ext.backfill.properties;

import java.util.ArrayList;
import java.util.List;
import liquibase.ext.backfill.properties.Scenario.StoredRun;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random tables and random orders of the backfills. */
final class Scenarios {
    private static final int MAX_RUNS = 8;

    private final Documents documents;

    Scenarios(Holding holding) {
        this.documents = new Documents(holding);
    }

    Arbitrary<Scenario> all() {
        return tables().flatMap(rows -> Combinators.combine(
                        Arbitraries.integers().between(0, 2).list().ofMaxSize(6), Arbitraries.of(1, 2, 3, 500))
                .as((order, chunkRows) -> scenario(rows, order, chunkRows)));
    }

    /** A run with the annotations that it has before. */
    private record Rows(String key, String creator, Document extraData, Document taskSpec, List<Annotation> existing) {}

    private Arbitrary<List<Rows>> tables() {
        // Combinators take eight at most, which is enough.
        return Combinators.combine(
                        keys(),
                        documents.plainText().injectNull(0.2),
                        nullable(documents.extraData()),
                        documents.taskSpec(),
                        existing("system/pipeline_run.created_by"),
                        existing("system/pipeline_run.name"),
                        existing("team"))
                .as((key, creator, extraData, taskSpec, first, second, third) -> {
                    List<Annotation> existing = new ArrayList<>(first);
                    existing.addAll(second);
                    existing.addAll(third);
                    return new Rows(key, creator, extraData, taskSpec, existing);
                })
                .list()
                .ofMaxSize(MAX_RUNS);
    }

    private static Arbitrary<Document> nullable(Arbitrary<Document> documents) {
        return Arbitraries.frequencyOf(Tuple.of(5, documents), Tuple.of(1, Arbitraries.just(Document.NULL)));
    }

    /** Each gets a number behind it, which keeps it apart from the others in every collation. */
    private static Arbitrary<String> keys() {
        return Arbitraries.of("aAbBzZ059-_.é😀' \\%"
                        .codePoints()
                        .mapToObj(Character::toString)
                        .toList())
                .list()
                .ofMaxSize(12)
                .map(characters -> String.join("", characters));
    }

    private Arbitrary<List<Annotation>> existing(String key) {
        Arbitrary<List<Annotation>> one =
                Arbitraries.of("kept", "").injectNull(0.3).map(value -> List.of(new Annotation("", key, value)));
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(List.of())), Tuple.of(1, one));
    }

    private static Scenario scenario(List<Rows> rows, List<Integer> order, int chunkRows) {
        List<StoredRun> runs = new ArrayList<>();
        List<Annotation> existing = new ArrayList<>();
        for (Rows row : rows) {
            String id = row.key() + runs.size();
            runs.add(new StoredRun(id, row.creator(), row.extraData(), row.taskSpec()));
            row.existing().forEach(before -> existing.add(new Annotation(id, before.key(), before.value())));
        }
        return new Scenario(runs, existing, order, chunkRows);
    }
}
