package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Failure;
import liquibase.ext.backfill.dialects.Schema;

/**
 * Looks at backfills on one JDBC connection and writes nothing, not even a table. Not for use by several threads at once.
 *
 * <p>The connection must have no open transaction. When a call ends, its autocommit and timeouts are as before.
 */
public final class BackfillInspection {
    private static final int DEFAULT_CHUNK_ROWS = 5_000;

    private final Connection connection;
    private final String database;
    private final Dialect dialect;
    private final Schema schema;
    private final CheckpointTable checkpointTable;
    private final BackfillOptions options;

    /**
     * @param connection to the database, without an open transaction
     * @param schema where the tables of the definitions are
     * @param checkpointTable where progress is kept, if it is
     * @param options of which the timeouts and the chunk size are used
     * @throws liquibase.ext.backfill.dialects.UnsupportedDatabaseException if there is no dialect for the database
     */
    public BackfillInspection(
            Connection connection, Schema schema, CheckpointTable checkpointTable, BackfillOptions options)
            throws SQLException {
        this.connection = connection;
        this.database = DatabaseName.of(connection); // asked now, because a lost connection does not tell it any more
        this.dialect = Dialects.of(connection);
        this.schema = schema;
        this.checkpointTable = checkpointTable;
        this.options = options;
    }

    /** With the default options, on the connection's own schema. */
    public static BackfillInspection on(Connection connection) throws SQLException {
        return new BackfillInspection(connection, Schema.DEFAULT, CheckpointTable.DEFAULT, BackfillOptions.defaults());
    }

    private interface Look<T> {
        T taken() throws SQLException;
    }

    private <T> T look(Look<T> look) throws SQLException {
        try (var restoring = SessionSettings.apply(connection, dialect, options.timeouts())) {
            return look.taken();
        }
    }

    /**
     * Where a backfill stands. That its tables cannot be looked at is an answer too.
     *
     * @throws BackfillException if not even its checkpoint can be looked at
     */
    public BackfillStatus status(BackfillDefinition definition) {
        try {
            return look(() -> status(definition, checkpoint(definition)));
        } catch (SQLException e) {
            throw failed(definition, e);
        }
    }

    private Optional<Checkpoint> checkpoint(BackfillDefinition definition) throws SQLException {
        return checkpointTable.exists(connection, dialect)
                ? new Checkpoints(connection, dialect, checkpointTable).find(definition.name())
                : Optional.empty();
    }

    private BackfillStatus status(BackfillDefinition definition, Optional<Checkpoint> checkpoint) {
        try {
            BackfillReads reads = reads("backfill %s", definition);
            boolean total = definition.isTotal();
            Optional<Parity> parity = total ? Optional.of(reads.parity()) : Optional.empty();
            OptionalLong missing = total ? OptionalLong.of(parity.get().missing()) : insertable(reads);
            Optional<KeyRange> unfinished =
                    checkpoint.filter(kept -> kept.resumes(definition)).flatMap(Checkpoint::unfinished);
            OptionalLong left =
                    unfinished.isPresent() ? OptionalLong.of(reads.rowsWithin(unfinished.get())) : OptionalLong.empty();
            return new BackfillStatus(definition, checkpoint, parity, missing, left, Optional.empty());
        } catch (SQLException e) {
            return unknown(definition, checkpoint, failed(definition, e));
        } catch (BackfillException e) {
            return unknown(definition, checkpoint, e);
        }
    }

    /**
     * What the database lacks for a backfill to run on it: tables, columns, unique constraints, a key of a usable type.
     *
     * @return what it lacks and the mend; empty if it lacks nothing
     */
    public Optional<String> obstacle(BackfillDefinition definition) throws SQLException {
        try {
            look(() -> Preflight.check(definition, connection, dialect, schema));
            return Optional.empty();
        } catch (BackfillException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static BackfillStatus unknown(
            BackfillDefinition definition, Optional<Checkpoint> checkpoint, BackfillException problem) {
        return new BackfillStatus(
                definition,
                checkpoint,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(problem.getMessage()));
    }

    /** Which rows have a value cannot be told where the database refuses to compute one of them. */
    private OptionalLong insertable(BackfillReads reads) throws SQLException {
        try {
            return OptionalLong.of(reads.insertable());
        } catch (SQLException e) {
            if (dialect.classify(e) != Failure.DATA) {
                throw e;
            }
            return OptionalLong.empty();
        }
    }

    /**
     * Compares the source with the target.
     *
     * @throws BackfillException if they cannot be compared
     */
    public Parity parity(BackfillDefinition definition) {
        try {
            return look(() -> reads("the parity of %s", definition).parity());
        } catch (SQLException e) {
            throw failed("the parity of %s could not be looked at", definition, e);
        }
    }

    /**
     * How many rows a run would insert as the database is now.
     *
     * @throws BackfillException if that cannot be found out
     */
    public long countInsertable(BackfillDefinition definition) {
        try {
            return look(() -> reads("backfill %s", definition).insertable());
        } catch (SQLException e) {
            throw failed("the rows that backfill %s would insert could not be counted", definition, e);
        }
    }

    /**
     * Compares every source row with its target row, value by value, and looks for target rows whose source row is gone.
     *
     * @throws BackfillException if the tables cannot be compared
     */
    public Verification verify(BackfillDefinition definition) {
        try {
            return look(() -> verifier(definition).verify(definition.name()));
        } catch (SQLException e) {
            throw failed(definition, e);
        }
    }

    private Verifier verifier(BackfillDefinition definition) throws SQLException {
        KeyType sourceKey = Preflight.checkForReading(definition, connection, dialect, schema);
        KeyType targetKey = referenceType(definition);
        BackfillSql sql = sql(definition);
        int chunkRows = options.chunkRows().orElse(DEFAULT_CHUNK_ROWS);
        return new Verifier(
                dialect,
                new VerificationSql(definition, sql, dialect),
                new BackfillReads(connection, sql, sourceKey),
                new RangeQueries(connection, sourceKey),
                new OrphanSearch(new OrphanSql(sql, dialect), new RangeQueries(connection, targetKey), chunkRows),
                chunkRows,
                definition.isTotal());
    }

    private KeyType referenceType(BackfillDefinition definition) throws SQLException {
        Target target = definition.target();
        return Optional.ofNullable(new Tables(connection, dialect, schema)
                        .columns(target.table())
                        .get(target.reference()))
                .flatMap(Column::keyType)
                .orElseThrow(() -> new BackfillException(
                        "backfill %s cannot be looked at on %s: %s.%s is neither text nor a number."
                                .formatted(definition.name(), database, target.table(), target.reference())));
    }

    /** @throws BackfillException if the database lacks what a run needs */
    private BackfillReads reads(String subject, BackfillDefinition definition) throws SQLException {
        KeyType keyType = Preflight.checkForCounting(subject, definition, connection, dialect, schema);
        return new BackfillReads(connection, sql(definition), keyType);
    }

    private BackfillSql sql(BackfillDefinition definition) {
        return new BackfillSql(definition, dialect, schema);
    }

    private BackfillException failed(BackfillDefinition definition, SQLException cause) {
        return failed("backfill %s could not be looked at", definition, cause);
    }

    private BackfillException failed(String what, BackfillDefinition definition, SQLException cause) {
        return new BackfillException(
                "%s on %s: %s. Nothing was changed."
                        .formatted(what.formatted(definition.name()), database, Reason.of(cause)),
                cause);
    }
}
