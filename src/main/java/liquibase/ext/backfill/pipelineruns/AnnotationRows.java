package liquibase.ext.backfill.pipelineruns;

import static liquibase.ext.backfill.pipelineruns.SystemAnnotations.CREATED_BY;
import static liquibase.ext.backfill.pipelineruns.SystemAnnotations.MAX_VALUE_LENGTH;
import static liquibase.ext.backfill.pipelineruns.SystemAnnotations.NAME;
import static liquibase.ext.backfill.pipelineruns.SystemAnnotations.RESERVED_PREFIX;

import java.util.ArrayList;
import java.util.List;
import liquibase.ext.backfill.dialects.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * The rows of new runs, and what is to be said about them. A value becomes what a backfill would make of it: the creator
 * as one that comes out of a column, any other as one that comes out of a document.
 */
final class AnnotationRows {
    private final Dialect dialect;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    AnnotationRows(Dialect dialect) {
        this.dialect = dialect;
    }

    record Row(String runId, String key, String value) {}

    List<Row> rows() {
        return rows;
    }

    List<String> warnings() {
        return warnings;
    }

    void add(NewRun run) {
        addSystem(
                run.id(),
                CREATED_BY,
                "created_by",
                run.createdBy() == null ? null : dialect.throughColumn(run.createdBy()));
        addSystem(run.id(), NAME, "name", run.name() == null ? null : dialect.throughDocument(run.name()));
        run.annotations().forEach((key, value) -> addOwn(run.id(), key, value));
    }

    private void addSystem(String runId, String key, String what, @Nullable String value) {
        if (value == null) {
            warnings.add("Run %s has no %s: its annotation %s is ''.".formatted(runId, what, key));
        }
        add(runId, key, value == null ? "" : value);
    }

    /** Whatever its case: MySQL and MariaDB take a key in other letters for the same. */
    private void addOwn(String runId, String key, @Nullable String value) {
        if (key.regionMatches(true, 0, RESERVED_PREFIX, 0, RESERVED_PREFIX.length())) {
            warnings.add(
                    "Run %s: its annotation %s was refused and not written, because keys that start with %s are reserved."
                            .formatted(runId, key, RESERVED_PREFIX));
        } else {
            add(runId, key, value == null ? "" : dialect.throughDocument(value));
        }
    }

    private void add(String runId, String key, String value) {
        int length = value.codePointCount(0, value.length());
        if (length <= MAX_VALUE_LENGTH) {
            rows.add(new Row(runId, key, value));
        } else {
            warnings.add("Run %s: the value of its annotation %s has %d characters and was cut to %d."
                    .formatted(runId, key, length, MAX_VALUE_LENGTH));
            rows.add(new Row(runId, key, value.substring(0, value.offsetByCodePoints(0, MAX_VALUE_LENGTH))));
        }
    }
}
