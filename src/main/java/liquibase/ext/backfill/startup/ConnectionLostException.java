package liquibase.ext.backfill.startup;

import liquibase.exception.LiquibaseException;
import liquibase.ext.backfill.engine.Reason;

/** There is no connection, or there is none any more: what was to be done may succeed on another one. */
final class ConnectionLostException extends LiquibaseException {
    private static final long serialVersionUID = 1L;

    private final boolean atWork;

    private ConnectionLostException(String message, boolean atWork, Exception cause) {
        super(message, cause);
        this.atWork = atWork;
    }

    /** Whether the work had begun, which then may be what costs the connection. */
    boolean isAtWork() {
        return atWork;
    }

    static ConnectionLostException during(Exception failure) {
        return new ConnectionLostException(Reason.sentence(failure), true, failure);
    }

    static ConnectionLostException before(Exception failure) {
        return new ConnectionLostException(
                "There is no connection to the database: %s".formatted(Reason.sentence(failure)), false, failure);
    }
}
