package liquibase.ext.backfill.values;

import java.util.List;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;

/**
 * An annotation that a run has before the backfills. It stays as it is.
 *
 * @param title what the case is about
 * @param standsFor the system key that its key might be taken for
 * @param counts whether it is taken for it
 */
record ExistingRow(String title, String key, String value, String standsFor, Counts counts) {
    private static final String BY = SystemAnnotations.CREATED_BY;
    private static final String NAME = SystemAnnotations.NAME;

    /** When a key is the system key in the eyes of the database: the primary key would not let both in. */
    enum Counts {
        ALWAYS,
        /** Where the collation of the key ignores case and accents. */
        IF_LOOSE,
        /** Where the collation of the key ignores spaces at the end. */
        IF_PADDED,
        NEVER
    }

    /** How a database compares keys. */
    record Collation(boolean loose, boolean padded) {
        static final Collation EXACT = new Collation(false, false);

        boolean takes(ExistingRow row) {
            return switch (row.counts) {
                case ALWAYS -> true;
                case IF_LOOSE -> loose;
                case IF_PADDED -> padded;
                case NEVER -> false;
            };
        }
    }

    static final List<ExistingRow> ALL = List.of(
            new ExistingRow("the creator with another value", BY, "somebody else", BY, Counts.ALWAYS),
            new ExistingRow("the creator with ''", BY, "", BY, Counts.ALWAYS),
            new ExistingRow("the creator with NULL", BY, null, BY, Counts.ALWAYS),
            new ExistingRow("the name with another value", NAME, "another-name", NAME, Counts.ALWAYS),
            new ExistingRow("the name with ''", NAME, "", NAME, Counts.ALWAYS),
            new ExistingRow("the name with NULL", NAME, null, NAME, Counts.ALWAYS),
            new ExistingRow("a key of the user", "team", "blue", NAME, Counts.NEVER),
            new ExistingRow("a key that goes on", NAME + "s", "x", NAME, Counts.NEVER),
            new ExistingRow("a key below", NAME + ".short", "x", NAME, Counts.NEVER),
            new ExistingRow("a key that stops short", "system/pipeline_run", "x", NAME, Counts.NEVER),
            new ExistingRow("a key that begins elsewhere", " " + NAME, "x", NAME, Counts.NEVER),
            new ExistingRow("a key that a pattern would match", "system/pipelineXrun.name", "x", NAME, Counts.NEVER),
            new ExistingRow("a key in upper case", "SYSTEM/PIPELINE_RUN.NAME", "x", NAME, Counts.IF_LOOSE),
            new ExistingRow(
                    "a creator's key in mixed case", "system/Pipeline_Run.created_By", "x", BY, Counts.IF_LOOSE),
            new ExistingRow("a key with an accent", "system/pipeline_run.náme", "x", NAME, Counts.IF_LOOSE),
            new ExistingRow("a key with a space at its end", NAME + " ", "x", NAME, Counts.IF_PADDED));
}
