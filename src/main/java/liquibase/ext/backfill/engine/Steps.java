package liquibase.ext.backfill.engine;

import java.sql.SQLException;
import java.util.Optional;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Failure;

/**
 * Does the steps of a run that are no chunk: what it reads, and what it writes to its checkpoint in between. Another
 * transaction can be in their way too; then they are repeated.
 */
final class Steps {
    private final Dialect dialect;
    private final int attempts;
    private final Pacing pacing;

    Steps(Dialect dialect, BackfillOptions options, Pacing pacing) {
        this.dialect = dialect;
        this.attempts = options.attempts();
        this.pacing = pacing;
    }

    /** One statement or several that may be repeated as a whole. */
    interface Step<T> {
        T take() throws SQLException;
    }

    /** A step without an answer. */
    interface Action {
        void take() throws SQLException;
    }

    /**
     * Takes a step.
     *
     * @param name what is done, to stand at the begin of a sentence
     * @throws StepFailedException if it cannot be done
     * @throws RunStopped if the run is to stop before the step was repeated
     */
    <T> T take(String name, Step<T> step) throws SQLException {
        SQLException earlier = null;
        for (int attempt = 1; ; attempt++) {
            try {
                return step.take();
            } catch (SQLException e) {
                if (earlier != null) {
                    e.addSuppressed(earlier);
                }
                earlier = e;
                Failure failure = dialect.classify(e);
                if (!worthRepeating(failure) || attempt >= attempts) {
                    throw new StepFailedException(name, failure, attempt, e);
                }
                pacing.backOff(failure.description(), attempt, Pacing.SignOfLife.NONE);
            }
        }
    }

    /** The same for a step without an answer. */
    void take(String name, Action action) throws SQLException {
        take(name, () -> {
            action.take();
            return Optional.empty();
        });
    }

    /** The limit on a statement's time is here the user's own; the same statement would reach it again. */
    private static boolean worthRepeating(Failure failure) {
        return failure.isTransient() && failure != Failure.STATEMENT_TIMEOUT;
    }
}
