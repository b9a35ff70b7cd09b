package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import liquibase.ext.backfill.dialects.Failure;

/** A step of a run failed for good. Earlier failures of it are suppressed exceptions of the last one. */
final class StepFailedException extends RuntimeException {
    private final transient Failure failure;

    /** @param step what was done, to stand at the begin of a sentence */
    StepFailedException(String step, Failure failure, int attempts, SQLException last) {
        super("%s met %s at attempt %d: %s".formatted(step, failure.description(), attempts, Reason.of(last)), last);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
