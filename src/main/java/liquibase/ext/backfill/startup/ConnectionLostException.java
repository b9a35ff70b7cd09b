package liquibase.ext.backfill.startup;

import liquibase.exception.LiquibaseException;
import liquibase.ext.backfill.engine.Reason;

/** There is no connection, or there is none any more: what was to be done may succeed on another one. */
final class ConnectionLostException extends LiquibaseException {
    private static final long serialVersionUID = 1L;

    private ConnectionLostException(String message, Exception cause) {
        super(message, cause);
    }

    static ConnectionLostException during(Exception failure) {
        return new ConnectionLostException(Reason.sentence(failure), failure);
    }

    static ConnectionLostException before(Exception failure) {
        return new ConnectionLostException(
                "There is no connection to the database: %s".formatted(Reason.sentence(failure)), failure);
    }
}
