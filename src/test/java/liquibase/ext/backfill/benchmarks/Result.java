package liquibase.ext.backfill.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one variant cost in each round. */
record Result(String variant, List<Cost> rounds) {
    Result(String variant) {
        this(variant, new ArrayList<>());
    }

    Samples of(ToDoubleFunction<Cost> figure) {
        return new Samples(rounds.stream().map(figure::applyAsDouble).toList());
    }
}
