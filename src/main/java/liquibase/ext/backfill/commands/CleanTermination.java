package liquibase.ext.backfill.commands;

import java.util.concurrent.CountDownLatch;

/**
 * Lets a run come to the end of its chunk when the process is told to end (SIGTERM, Ctrl-C): the run is interrupted,
 * which it obeys between two chunks, and the process waits for it. Whoever cannot wait kills; that loses nothing either.
 */
final class CleanTermination implements AutoCloseable {
    private final Thread worker;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interruptAndWait, "backfill-run termination");

    private CleanTermination(Thread worker) {
        this.worker = worker;
    }

    /** Watches over what the current thread does until this is closed. */
    static CleanTermination ofCurrentThread() {
        var termination = new CleanTermination(Thread.currentThread());
        try {
            Runtime.getRuntime().addShutdownHook(termination.hook);
        } catch (IllegalStateException alreadyEnding) {
            Thread.currentThread().interrupt();
        }
        return termination;
    }

    private void interruptAndWait() {
        worker.interrupt();
        try {
            ended.await();
        } catch (InterruptedException nobodyWaitsAnyMore) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook has done its work and goes with the process.
        }
    }
}
