package liquibase.ext.backfill.definitions;

/** Which source rows a backfill owes a target row. */
public enum Coverage {
    /** Every source row gets its target row. Parity of the target is judged by such a definition. */
    TOTAL,

    /**
     * Only a source row for which each target column has a value gets a target row; the others are left to another
     * definition. Alone it never reaches parity: it is done when its range has been scanned.
     */
    PARTIAL
}
