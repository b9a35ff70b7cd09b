package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import java.util.Optional;

/** Looks at every target row of one definition, chunk by chunk, for those whose source row is gone. */
final class OrphanSearch {
    private final OrphanSql sql;
    private final RangeQueries queries;
    private final int chunkRows;

    /** @param queries by the type of the target's reference */
    OrphanSearch(OrphanSql sql, RangeQueries queries, int chunkRows) {
        this.sql = sql;
        this.queries = queries;
        this.chunkRows = chunkRows;
    }

    /** Adds what it finds. */
    void addTo(Findings findings) throws SQLException {
        Optional<KeyRange> references = queries.bounds(sql.targetBounds());
        if (references.isPresent()) {
            search(references.get(), findings);
        }
    }

    private void search(KeyRange references, Findings findings) throws SQLException {
        KeyRange rest = references;
        for (var high = chunkEnd(rest); high.isPresent(); high = chunkEnd(rest)) {
            KeyRange chunk = rest.upTo(high.get());
            long orphans = queries.number(sql.orphans(chunk), chunk);
            findings.add(
                    new Findings.Count(Finding.ORPHAN, orphans),
                    wanted -> queries.keys(sql.orphanKeys(chunk, wanted), chunk));
            rest = KeyRange.after(high.get(), references.high());
        }
    }

    /** The last key of the next chunk of target rows. */
    private Optional<String> chunkEnd(KeyRange rest) throws SQLException {
        return queries.key(sql.targetChunk(rest, chunkRows), rest);
    }
}
