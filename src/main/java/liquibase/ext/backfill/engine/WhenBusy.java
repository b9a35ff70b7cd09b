package liquibase.ext.backfill.engine;

/** What a run does about another runner that is at work at the same backfill. */
public enum WhenBusy {
    /** Waits until the other ends, or until its lease does, and then does what it left. */
    WAIT,

    /**
     * Leaves the backfill to the other as soon as that one gives a new sign of life. One that gives none has died: it is
     * taken over when its lease ends.
     */
    LEAVE
}
