package liquibase.ext.backfill.dialects;

/** What an error of the database means for the chunk that met it. */
public enum Failure {
    /** Another transaction was in the way: a serialization failure or a deadlock. The chunk is repeated. */
    CONFLICT("a conflict with another transaction"),

    /** A row with the same identity is there that the chunk did not see. The chunk is repeated, and then sees it. */
    DUPLICATE("a row that another transaction inserted meanwhile"),

    /** A lock was not granted in time. The chunk is repeated in smaller pieces. */
    LOCK_TIMEOUT("a lock that was not granted in time"),

    /** The statement took too long. The chunk is repeated in smaller pieces. */
    STATEMENT_TIMEOUT("a statement that took too long"),

    /** The statement was cancelled: by somebody, or at the limit on its time. How long it ran tells. */
    CANCELLED("a statement that was cancelled"),

    /** A source row was deleted while its chunk ran, or the target refers to something else that is missing. */
    FOREIGN_KEY("a missing row that a foreign key wants"),

    /** The database refuses a value. The chunk is halved down to the row that holds it. */
    DATA("data that the database refuses"),

    /** The connection is gone; whether a commit that was under way arrived is unknown. */
    CONNECTION_LOST("a lost connection"),

    /** Anything else. Repeating it would not help. */
    PERMANENT("an error");

    private final String description;

    Failure(String description) {
        this.description = description;
    }

    /** What an SQLSTATE means by its class alone, which the standard defines. */
    static Failure ofClass(String state) {
        if (state.startsWith("22")) {
            return DATA;
        }
        return state.startsWith("08") ? CONNECTION_LOST : PERMANENT;
    }

    /** The failure in words, to stand in the middle of a sentence. */
    public String description() {
        return description;
    }

    /** Whether the same statement may succeed when it is repeated. */
    public boolean isTransient() {
        return this == CONFLICT || this == DUPLICATE || this == FOREIGN_KEY || isTimeout();
    }

    /** Whether a smaller piece of work may succeed where a larger one did not. */
    public boolean isTimeout() {
        return this == LOCK_TIMEOUT || this == STATEMENT_TIMEOUT;
    }
}
