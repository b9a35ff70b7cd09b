package liquibase.ext.backfill.properties;

import java.util.List;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;

/**
 * Tables, and what is done to them.
 *
 * @param runs the runs, with random keys
 * @param existing annotations that are there before
 * @param order which backfills run, one after the other, each any number of times, by their rank in the changelog
 * @param chunkRows the size of a chunk
 */
record Scenario(List<StoredRun> runs, List<Annotation> existing, List<Integer> order, int chunkRows) {
    record StoredRun(String id, String creator, Document extraData, Document taskSpec) {}
}
