package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what a verification finds, with the first few keys of everything that is not as it should be. */
final class Findings {
    private static final int KEYS_SHOWN = 5;

    private final Map<Finding, Verification.Found> found = new EnumMap<>(Finding.class);
    private Optional<String> refusal = Optional.empty();

    record Count(Finding finding, long rows) {}

    /** Where the keys of a finding come from: asked only while there are fewer than are shown. */
    interface Keys {
        List<String> first(int wanted) throws SQLException;
    }

    void add(Count count, Keys keys) throws SQLException {
        if (count.rows() == 0) {
            return;
        }
        var before = found.getOrDefault(count.finding(), Verification.Found.NONE);
        List<String> shown = new ArrayList<>(before.keys());
        if (count.finding() != Finding.EXACT && shown.size() < KEYS_SHOWN) {
            shown.addAll(keys.first(KEYS_SHOWN - shown.size()));
        }
        found.put(count.finding(), new Verification.Found(before.rows() + count.rows(), shown));
    }

    /** Keeps why a value could not be computed, of the first such row. */
    void refused(String reason) {
        refusal = refusal.or(() -> Optional.of(reason));
    }

    Verification of(String name) {
        long sourceRows = found.entrySet().stream()
                .filter(entry -> entry.getKey() != Finding.ORPHAN)
                .mapToLong(entry -> entry.getValue().rows())
                .sum();
        return new Verification(name, sourceRows, found, refusal);
    }
}
