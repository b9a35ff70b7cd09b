package liquibase.ext.backfill.benchmarks;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What was measured of one thing, in the order of the rounds.
 *
 * @param values at least one
 */
record Samples(List<Double> values) {
    Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** Between the two in the middle if there is no middle. */
    double median() {
        List<Double> sorted = sorted();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double min() {
        return sorted().get(0);
    }

    double max() {
        return sorted().get(values.size() - 1);
    }

    /** The smallest value that so many percent of all do not exceed. */
    double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * values.size());
        return sorted().get(Math.max(rank, 1) - 1);
    }

    /** Each round's value in multiples of the same round's value of another thing. */
    Samples dividedBy(Samples base) {
        if (base.values.size() != values.size()) {
            throw new IllegalArgumentException(
                    "%d rounds cannot be compared with %d".formatted(values.size(), base.values.size()));
        }
        return new Samples(IntStream.range(0, values.size())
                .mapToObj(round -> values.get(round) / base.values.get(round))
                .toList());
    }

    private List<Double> sorted() {
        return values.stream().sorted().toList();
    }
}
