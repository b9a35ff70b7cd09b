package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;

/**
 * Several backfills in one transaction: each as one statement, skipped in parity. Nothing is chunked, so it holds its
 * locks until the end, leaves no checkpoint, and one refused row undoes everything.
 */
final class AllOrNothing {
    private final Connection connection;
    private final String database;
    private final Dialect dialect;
    private final Schema schema;
    private final BackfillOptions options;
    private final BackfillListener listener;
    private final Time time;

    AllOrNothing(
            Connection connection,
            String database,
            Dialect dialect,
            Schema schema,
            BackfillOptions options,
            BackfillListener listener,
            Time time) {
        this.connection = connection;
        this.database = database;
        this.dialect = dialect;
        this.schema = schema;
        this.options = options;
        this.listener = listener;
        this.time = time;
    }

    /** Runs them in a serializable transaction, again from the start when another transaction was in the way. */
    List<BackfillResult> inItsOwnTransaction(List<BackfillDefinition> definitions) {
        return checked(definitions, "Nothing of it was kept. Mend the cause and run it again.", () -> {
            try (var restoring = SessionSettings.apply(connection, dialect, options.timeouts())) {
                Steps steps = steps(definitions);
                var transactions = new Transactions(connection, dialect, Isolation.SERIALIZABLE);
                return steps.take("the transaction", () -> {
                    List<BackfillResult> results = new ArrayList<>();
                    transactions.run(() -> results.addAll(run(definitions)));
                    return results;
                });
            }
        });
    }

    /** Runs them in the transaction that the connection is in. */
    List<BackfillResult> inCallersTransaction(List<BackfillDefinition> definitions) {
        return checked(definitions, "Its transaction is the caller's to roll back.", () -> run(definitions));
    }

    private interface Work {
        List<BackfillResult> done() throws SQLException;
    }

    /** Nothing is begun before the database was found to have what all of them name. */
    private List<BackfillResult> checked(List<BackfillDefinition> definitions, String whatNow, Work work) {
        try {
            for (BackfillDefinition definition : definitions) {
                Preflight.check(definition, connection, dialect, schema);
            }
            return work.done();
        } catch (SQLException | StepFailedException | RunStopped e) {
            throw new BackfillException(
                    "the backfills %s in one transaction failed on %s: %s. %s"
                            .formatted(BackfillDefinition.names(definitions), database, Reason.of(e), whatNow),
                    e);
        }
    }

    private Steps steps(List<BackfillDefinition> definitions) {
        String names = BackfillDefinition.names(definitions);
        return new Steps(dialect, options, new Pacing(names, options, time, listener));
    }

    private List<BackfillResult> run(List<BackfillDefinition> definitions) throws SQLException {
        List<BackfillResult> results = new ArrayList<>();
        for (BackfillDefinition definition : definitions) {
            results.add(run(definition));
        }
        return results;
    }

    private BackfillResult run(BackfillDefinition definition) throws SQLException {
        long startedAt = time.nanoTime();
        var sql = new BackfillSql(definition, dialect, schema);
        Parity found = BackfillReads.parity(connection, sql);
        if (found.holds()) {
            return result(definition, Outcome.ALREADY_COMPLETE, Optional.of(found), 0, 0, startedAt);
        }
        try (Statement statement = connection.createStatement()) {
            var cuts = new CutSql(definition.target(), sql, dialect);
            boolean filledBefore = first(statement, cuts.filled()) > 0;
            long expected = filledBefore ? first(statement, cuts.tooLong()) : 0;
            long inserted = statement.executeLargeUpdate(sql.insertAll());
            boolean look = !filledBefore && inserted > 0 && first(statement, cuts.filled()) > 0;
            long cut = look ? first(statement, cuts.cut()) : expected;
            return result(
                    definition, Outcome.COMPLETED, Optional.empty(), inserted, Math.min(cut, inserted), startedAt);
        }
    }

    private static long first(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private BackfillResult result(
            BackfillDefinition definition,
            Outcome outcome,
            Optional<Parity> parity,
            long inserted,
            long cut,
            long startedAt) {
        return new BackfillResult(
                definition.name(),
                outcome,
                parity,
                new Checkpoint.Counts(0, inserted, 0, 0, 0),
                List.of(),
                cut,
                Duration.ofNanos(time.nanoTime() - startedAt),
                Optional.empty());
    }
}
