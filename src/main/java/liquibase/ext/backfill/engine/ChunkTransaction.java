package liquibase.ext.backfill.engine;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Writes a chunk, whole or not at all: its checkpoint, its rows and the count of them in one transaction. */
final class ChunkTransaction {
    private final RunContext run;
    private final ClaimedCheckpoint checkpoint;
    private final Transactions transactions;
    private final CutValues cuts;

    ChunkTransaction(RunContext run, ClaimedCheckpoint checkpoint) {
        this.run = run;
        this.checkpoint = checkpoint;
        this.transactions =
                new Transactions(run.connection(), run.dialect(), run.options().isolation());
        this.cuts = new CutValues(run);
    }

    /** Inserts what a chunk lacks. */
    void insert(Chunk chunk, BackfillSql sql, int retries) throws SQLException {
        KeyRange range = chunk.range();
        if (run.dialect().queriesWhatItInserts()) {
            commit(chunk, 0, retries, () -> cuts.counted(sql, range));
            return;
        }
        boolean countFirst = cuts.areFilled(range);
        Inserted inserted = commit(chunk, 0, retries, () -> {
            long expected = countFirst ? cuts.expected(range) : 0;
            long rows = execute(sql.insertWithin(range, run.options().isolation()), range);
            return new Inserted(rows, Math.min(expected, rows));
        });
        if (!countFirst && inserted.rows() > 0 && cuts.areFilled(range)) {
            run.tally().cut(cuts.written(range));
        }
    }

    /** Inserts the row of a chunk whose value the database refused, with its last resort. */
    void insertLastResort(Chunk chunk, BackfillSql sql, RefusedRow refused, int retries) throws SQLException {
        String insert = sql.insertLastResortWithin(chunk.range(), run.options().isolation());
        commit(chunk, 1, retries, () -> new Inserted(execute(insert, chunk.range()), 0));
        run.tally().refused(refused);
    }

    /** Inserts into a range that holds nothing, to see whether the statement itself is sound. */
    void tryOn(KeyRange nothing, BackfillSql sql) throws SQLException {
        execute(sql.insertWithin(nothing, run.options().isolation()), nothing);
    }

    private interface Insertion {
        Inserted run() throws SQLException;
    }

    private Inserted commit(Chunk chunk, int refused, int retries, Insertion insertion) throws SQLException {
        Inserted[] inserted = {Inserted.NOTHING};
        settle(run.dialect().beforeTransaction());
        transactions.run(() -> {
            settle(run.dialect().transactionSettings(run.options().timeouts()));
            checkpoint.advance(chunk);
            inserted[0] = insertion.run();
            checkpoint.count(inserted[0].rows(), refused, retries);
        });
        run.tally().committed(chunk, inserted[0]);
        return inserted[0];
    }

    private void settle(List<String> settings) throws SQLException {
        try (Statement statement = run.connection().createStatement()) {
            for (String setting : settings) {
                statement.execute(setting);
            }
        }
    }

    private long execute(String insert, KeyRange range) throws SQLException {
        String timed = run.dialect().timed(insert, run.options().timeouts());
        try (PreparedStatement statement = run.reads().prepared(timed, range, range)) {
            return statement.executeLargeUpdate();
        }
    }
}
