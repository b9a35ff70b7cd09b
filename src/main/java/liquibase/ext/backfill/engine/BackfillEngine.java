package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Failure;
import liquibase.ext.backfill.dialects.Schema;

/**
 * Runs backfills on one JDBC connection. Not for use by several threads at once.
 *
 * <p>The connection must have no open transaction. When a call ends, with a result or with a failure, its isolation,
 * autocommit and timeouts are as before.
 */
public final class BackfillEngine {
    private final Connection connection;
    private final String database;
    private final Dialect dialect;
    private final Schema schema;
    private final CheckpointTable checkpointTable;
    private final BackfillOptions options;
    private final BackfillListener listener;
    private final Time time;

    /**
     * @param connection to the database, without an open transaction
     * @param schema where the tables of the definitions are
     * @param checkpointTable where progress is kept; created on first use
     * @throws liquibase.ext.backfill.dialects.UnsupportedDatabaseException if there is no dialect for the database
     */
    public BackfillEngine(
            Connection connection,
            Schema schema,
            CheckpointTable checkpointTable,
            BackfillOptions options,
            BackfillListener listener,
            Time time)
            throws SQLException {
        this.connection = connection;
        this.database = DatabaseName.of(connection); // asked now, because a lost connection does not tell it any more
        this.dialect = Dialects.of(connection);
        this.schema = schema;
        this.checkpointTable = checkpointTable;
        this.options = options;
        this.listener = new SafeListener(List.of(listener));
        this.time = time;
    }

    /** An engine with the default options on the connection's own schema. */
    public static BackfillEngine on(Connection connection) throws SQLException {
        return new BackfillEngine(
                connection,
                Schema.DEFAULT,
                CheckpointTable.DEFAULT,
                BackfillOptions.defaults(),
                BackfillListener.NONE,
                Time.system());
    }

    /**
     * Writes the target rows that are missing, chunk by chunk, from where an earlier run left off.
     *
     * @throws BackfillException if it fails; what its chunks wrote before is kept, and a later run goes on from there
     */
    public BackfillResult run(BackfillDefinition definition) {
        var tally = new Tally();
        long startedAt = time.nanoTime();
        listener.started(definition.name());
        try {
            return run(definition, tally, startedAt);
        } catch (RuntimeException e) {
            listener.failed(new BackfillListener.Failed(
                    definition.name(),
                    Reason.sentence(e),
                    tally.counts(),
                    tally.cut(),
                    Duration.ofNanos(time.nanoTime() - startedAt)));
            throw e;
        }
    }

    private BackfillResult run(BackfillDefinition definition, Tally tally, long startedAt) {
        var pacing = new Pacing(definition.name(), options, time, listener);
        var steps = new Steps(dialect, options, pacing);
        try {
            KeyType keyType = steps.take(
                    "the look at the tables", () -> Preflight.check(definition, connection, dialect, schema));
            BackfillResult result;
            try (var restoring = SessionSettings.apply(connection, dialect, options.timeouts())) {
                result = new BackfillRun(context(definition, keyType, pacing, steps, tally)).run(RunnerName.create());
            }
            listener.ended(result);
            return result;
        } catch (SQLException | StepFailedException e) {
            throw failed(definition, tally, e);
        } catch (RunStopped stopped) {
            var result = tally.result(
                    definition.name(),
                    BackfillResult.Outcome.STOPPED,
                    Optional.empty(),
                    Duration.ofNanos(time.nanoTime() - startedAt),
                    Optional.of(String.valueOf(stopped.getMessage())));
            listener.ended(result);
            return result;
        }
    }

    /**
     * Writes what all definitions lack in one serializable transaction, each as one statement; one that is in parity is
     * skipped. A conflict repeats everything, any other failure leaves nothing behind.
     *
     * @return a result per definition, in their order
     * @throws BackfillException if it fails
     */
    public List<BackfillResult> runAllOrNothing(List<BackfillDefinition> definitions) {
        return allOrNothing().inItsOwnTransaction(definitions);
    }

    /**
     * The same inside the transaction that the connection is in, which is neither committed nor rolled back here.
     *
     * @return a result per definition, in their order
     * @throws BackfillException if it fails; then the caller is to roll back
     */
    public List<BackfillResult> runInCallersTransaction(List<BackfillDefinition> definitions) {
        return allOrNothing().inCallersTransaction(definitions);
    }

    private AllOrNothing allOrNothing() {
        return new AllOrNothing(connection, database, dialect, schema, options, listener, time);
    }

    /** One statement that inserts everything a definition lacks, for a reader or a script; needs no database. */
    public static String statement(BackfillDefinition definition, Dialect dialect, Schema schema) {
        return new BackfillSql(definition, dialect, schema).insertAll();
    }

    private RunContext context(
            BackfillDefinition definition, KeyType keyType, Pacing pacing, Steps steps, Tally tally) {
        var sql = new BackfillSql(definition, dialect, schema);
        return new RunContext(
                definition,
                connection,
                dialect,
                sql,
                new BackfillReads(connection, sql, keyType),
                new Checkpoints(connection, dialect, checkpointTable),
                options,
                time,
                pacing,
                steps,
                tally,
                listener);
    }

    private BackfillException failed(BackfillDefinition definition, Tally tally, Exception cause) {
        boolean lost = failure(cause) == Failure.CONNECTION_LOST;
        return new BackfillException(
                ("backfill %s failed on %s: %s. Kept: %s %d rows that this run inserted in %d chunks; %s.%s %s and "
                                + "run the update again: it goes on from there.")
                        .formatted(
                                definition.name(),
                                database,
                                Reason.of(cause),
                                lost ? "at least the" : "the",
                                tally.counts().inserted(),
                                tally.counts().chunks(),
                                lost
                                        ? "a chunk that was being committed is there as a whole or not at all"
                                        : "what failed was rolled back",
                                refused(tally),
                                lost ? "See to the connection" : "Mend the cause"),
                cause);
    }

    /** They are not told again: a later run does not look at rows that are there. */
    private static String refused(Tally tally) {
        return tally.counts().refused() == 0
                ? ""
                : " The database refused the values of %d rows before; the first: %s."
                        .formatted(tally.counts().refused(), tally.firstRefused());
    }

    private Failure failure(Exception cause) {
        return cause instanceof StepFailedException step ? step.failure() : dialect.classify((SQLException) cause);
    }
}
