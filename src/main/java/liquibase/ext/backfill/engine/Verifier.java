package liquibase.ext.backfill.engine;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Failure;

/**
 * Looks at every row of one definition, chunk by chunk: first every source row with its target row, then every target
 * row for one whose source row is gone. Each query commits by itself, so that no long snapshot holds up the database's
 * own housekeeping; a row that changes meanwhile is seen as it was before or after.
 */
final class Verifier {
    private final Dialect dialect;
    private final VerificationSql sql;
    private final BackfillReads reads;
    private final RangeQueries queries;
    private final OrphanSearch orphans;
    private final int chunkRows;
    private final boolean owesEveryRow;
    private final Findings findings = new Findings();

    Verifier(
            Dialect dialect,
            VerificationSql sql,
            BackfillReads reads,
            RangeQueries queries,
            OrphanSearch orphans,
            int chunkRows,
            boolean owesEveryRow) {
        this.dialect = dialect;
        this.sql = sql;
        this.reads = reads;
        this.queries = queries;
        this.orphans = orphans;
        this.chunkRows = chunkRows;
        this.owesEveryRow = owesEveryRow;
    }

    Verification verify(String name) throws SQLException {
        Optional<KeyRange> keys = reads.keys();
        if (keys.isPresent()) {
            judgeSources(keys.get());
        }
        orphans.addTo(findings);
        return findings.of(name);
    }

    private void judgeSources(KeyRange keys) throws SQLException {
        KeyRange rest = keys;
        for (var next = reads.chunk(rest, chunkRows); next.isPresent(); next = reads.chunk(rest, chunkRows)) {
            judge(next.get());
            rest = KeyRange.after(next.get().range().high(), keys.high());
        }
    }

    /** What fails because of its data, or takes too long, is halved down to the row. */
    private void judge(Chunk chunk) throws SQLException {
        try {
            count(chunk.range());
        } catch (SQLException e) {
            Failure failure = dialect.classify(e);
            if (chunk.rows() > 1 && (failure == Failure.DATA || failure.isTimeout())) {
                judgeHalves(chunk);
            } else if (failure == Failure.DATA) {
                refuse(chunk.range(), e);
            } else {
                throw e;
            }
        }
    }

    private void judgeHalves(Chunk chunk) throws SQLException {
        Optional<Chunk> first = reads.chunk(chunk.range(), chunk.rows() / 2);
        if (first.isEmpty()) {
            return; // its rows were deleted meanwhile
        }
        judge(first.get());
        KeyRange rest = KeyRange.after(first.get().range().high(), chunk.range().high());
        judge(new Chunk(rest, Math.max(1, chunk.rows() - first.get().rows())));
    }

    private void count(KeyRange range) throws SQLException {
        List<Findings.Count> counts = new ArrayList<>();
        try (PreparedStatement statement = queries.prepared(sql.findings(range), range);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (!rows.getString(1).equals(VerificationSql.NOT_OWED)) {
                    counts.add(new Findings.Count(Finding.valueOf(rows.getString(1)), rows.getLong(2)));
                }
            }
        }
        for (Findings.Count count : counts) {
            findings.add(count, wanted -> queries.keys(sql.keys(range, count.finding(), wanted), range));
        }
    }

    /** What cannot be computed may still be there, once or more often, or missing. */
    private void refuse(KeyRange range, SQLException reason) throws SQLException {
        KeyRange row = KeyRange.only(range.high()); // others may have come into the range since
        var count = new Findings.Count(refused(queries.number(sql.matches(row), row)), 1);
        findings.add(count, wanted -> List.of(row.high()));
        findings.refused(Reason.of(reason));
    }

    /** A partial backfill owes a row only to a source row that has a value, and nobody can say whether this one has. */
    private Finding refused(long targetRows) {
        if (targetRows > 1) {
            return Finding.DUPLICATE;
        }
        return targetRows == 0 && owesEveryRow ? Finding.MISSING : Finding.REFUSED;
    }
}
