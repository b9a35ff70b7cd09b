package liquibase.ext.backfill.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Runs variants by turns, each on the same data, and checks that each did the whole work. */
final class Rounds {
    private final Connection connection;
    private final Workload workload;
    private final ProcessorTime processorTime;
    private long lengthOfValues;

    Rounds(Connection connection, Workload workload, ProcessorTime processorTime) {
        this.connection = connection;
        this.workload = workload;
        this.processorTime = processorTime;
    }

    /** Each round begins with another variant: who comes first meets caches that nobody has filled. */
    List<Result> run(List<Variant> variants, int rounds) throws Exception {
        List<Result> results =
                variants.stream().map(variant -> new Result(variant.label())).toList();
        for (Variant variant : variants) {
            variant.prepare(connection);
        }
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < variants.size(); turn++) {
                int index = (turn + round) % variants.size();
                Variant variant = variants.get(index);
                workload.restore(connection);
                results.get(index).rounds().add(Cost.of(() -> variant.run(connection), processorTime));
                check(variant);
            }
        }
        return results;
    }

    private void check(Variant variant) throws SQLException {
        long rows = workload.systemAnnotations(connection);
        long length = workload.lengthOfValues(connection);
        if (variant.writesTheValues() && lengthOfValues == 0) {
            lengthOfValues = length;
        }
        if (rows != 2L * workload.runs() || (variant.writesTheValues() && length != lengthOfValues)) {
            throw new IllegalStateException("%s left %d rows of %d, and %d characters of %d"
                    .formatted(variant.label(), rows, 2L * workload.runs(), length, lengthOfValues));
        }
    }
}
