package liquibase.ext.backfill.engine;

/** A backfill failed. The message says which, where and of what, what was kept and what to do. */
public final class BackfillException extends RuntimeException {
    /** @param message complete sentences for an operator */
    public BackfillException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param message complete sentences for an operator */
    public BackfillException(String message) {
        super(message);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
