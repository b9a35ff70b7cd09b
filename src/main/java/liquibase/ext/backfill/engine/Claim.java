package liquibase.ext.backfill.engine;

import java.util.Optional;

/**
 * The right of one runner to move a backfill's checkpoint. Another runner's claim ends it: then its next write finds
 * no row.
 *
 * @param name the backfill
 * @param owner this runner
 * @param version the claim's number
 * @param unfinished what an earlier run left of its pass
 * @param restarted why an earlier run's progress was dropped; empty if it was not
 */
record Claim(String name, String owner, long version, Optional<KeyRange> unfinished, Optional<String> restarted) {}
