package liquibase.ext.backfill.harness;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** What became of a run: the names of what passed, and everything else as failures. */
final class Outcomes implements TestExecutionListener {
    private final List<String> passed = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        failures.add(new AssertionError("The harness skipped '" + test.getDisplayName() + "': " + reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            failures.add(failure(test, result.getThrowable().orElse(null)));
        } else if (!test.isContainer()) {
            passed.add(test.getDisplayName());
        }
    }

    /** An assumption that does not hold would skip our test as well, for a reason that no machine can mend. */
    private static Throwable failure(TestIdentifier test, Throwable cause) {
        String name = "The harness failed to '" + test.getDisplayName() + "'";
        return new AssertionError(cause == null ? name : name + ": " + cause.getMessage(), cause);
    }

    List<String> passed() {
        return passed;
    }

    void throwFailure() {
        if (!failures.isEmpty()) {
            var failure = new AssertionError(failures.get(0).getMessage(), failures.get(0));
            failures.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
