package liquibase.ext.backfill.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a comparison of every source row with its target row found.
 *
 * @param name the backfill that judged
 * @param sourceRows the source rows that are owed a target row, as they were looked at
 * @param findings what was found at least once
 * @param refusal why the database refused to compute a value, for the first such row; empty if there is none
 */
public record Verification(String name, long sourceRows, Map<Finding, Found> findings, Optional<String> refusal) {
    public Verification {
        findings = Map.copyOf(findings);
    }

    /**
     * The rows of one finding.
     *
     * @param rows how many
     * @param keys the source keys of the first of them
     */
    public record Found(long rows, List<String> keys) {
        static final Found NONE = new Found(0, List.of());

        public Found {
            keys = List.copyOf(keys);
        }
    }

    /** The rows of a finding, none if it was not made. */
    public Found of(Finding finding) {
        return findings.getOrDefault(finding, Found.NONE);
    }

    /** Whether nothing was found that breaks the promise of a backfill. */
    public boolean holds() {
        return findings.keySet().stream().noneMatch(Finding::isFailure);
    }
}
