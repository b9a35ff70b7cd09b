package liquibase.ext.backfill.faults;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Says with each failure of a test which seed it had, so that it can be looked at again. */
public final class Seeded implements TestExecutionExceptionHandler {
    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable failure) throws Throwable {
        if (failure instanceof AssertionError) {
            var seeded = new AssertionError("with %s: %s".formatted(Chance.options(), failure.getMessage()), failure);
            seeded.setStackTrace(failure.getStackTrace());
            throw seeded;
        }
        failure.addSuppressed(new AssertionError("with " + Chance.options()));
        throw failure;
    }
}
