package liquibase.ext.backfill.pipelineruns;

import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.dialects.Schema;

/**
 * Writes the annotations of new runs, so that the parity which a backfill made stays. A service calls it whenever it
 * creates runs, on the connection and in the transaction that inserted them.
 *
 * <p>Each run gets both system annotations, {@code ''} where it has no value, and then those of the user. A value is cut
 * at {@link SystemAnnotations#MAX_VALUE_LENGTH} code points, and becomes what a backfill would make of it. A row that is
 * there already stays as it is. It neither commits nor rolls back, and changes no setting of the connection.
 *
 * <p>Immutable; for use by any number of threads at once.
 */
public final class SystemAnnotationMirror {
    private static final Logger LOG = System.getLogger(SystemAnnotationMirror.class.getName());
    private static final Target TARGET = SystemAnnotations.createdBy().target();
    /** Bounds what a driver keeps in memory. */
    private static final int ROWS_PER_BATCH = 1_000;

    private final Schema schema;
    private final Consumer<String> warnings;

    /** For the schema that the connection looks in by itself. Warnings go to the log, by {@link System.Logger}. */
    public SystemAnnotationMirror() {
        this(Schema.DEFAULT, message -> LOG.log(Logger.Level.WARNING, message));
    }

    /**
     * @param schema where {@code pipeline_run_annotation} is
     * @param warnings told, after they were written, of values that were missing or cut and of annotations that were
     *     refused, each with the run's id; may be called by several threads at once. If it fails, that is logged
     */
    public SystemAnnotationMirror(Schema schema, Consumer<String> warnings) {
        this.schema = schema;
        this.warnings = warnings;
    }

    /**
     * Writes the annotations of a run whose row was inserted before.
     *
     * @throws SQLException what the database says, as of any other statement of the transaction
     * @throws liquibase.ext.backfill.dialects.UnsupportedDatabaseException if there is no dialect for the database
     */
    public void write(Connection connection, NewRun run) throws SQLException {
        write(connection, List.of(run));
    }

    /** The same for many, in JDBC batches. */
    public void write(Connection connection, Collection<NewRun> runs) throws SQLException {
        Dialect dialect = Dialects.of(connection);
        var rows = new AnnotationRows(dialect);
        runs.forEach(rows::add);
        try (PreparedStatement statement = connection.prepareStatement(insert(dialect))) {
            int batched = 0;
            for (AnnotationRows.Row row : rows.rows()) {
                statement.setString(1, row.runId());
                statement.setString(2, row.key());
                statement.setString(3, row.value());
                statement.addBatch();
                if (++batched % ROWS_PER_BATCH == 0) {
                    statement.executeBatch();
                }
            }
            if (batched % ROWS_PER_BATCH > 0) {
                statement.executeBatch();
            }
        }
        rows.warnings().forEach(this::warn);
    }

    private String insert(Dialect dialect) {
        List<String> identity =
                TARGET.identityColumns().stream().map(dialect::quote).toList();
        String columns = Stream.concat(
                        identity.stream(),
                        TARGET.columns().stream().map(Target.Computed::column).map(dialect::quote))
                .collect(Collectors.joining(", "));
        return """
                INSERT INTO %s (%s)
                VALUES (?, ?, ?)
                %s""".formatted(dialect.qualified(schema, TARGET.table()), columns, dialect.keepExisting(identity));
    }

    private void warn(String message) {
        try {
            warnings.accept(message);
        } catch (RuntimeException e) {
            LOG.log(Logger.Level.WARNING, "A consumer of warnings failed at: " + message, e);
        }
    }
}
