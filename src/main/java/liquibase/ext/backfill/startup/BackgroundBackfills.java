package liquibase.ext.backfill.startup;

import java.util.concurrent.CompletableFuture;
import liquibase.Scope;
import liquibase.ThreadLocalScopeManager;

/** Backfills at work on a thread of their own, beside the service. */
public final class BackgroundBackfills implements AutoCloseable {
    private static final long INTERRUPT_EVERY_MILLIS = 1_000;

    private final CompletableFuture<StartupReport> report = new CompletableFuture<>();
    private final Thread worker;

    private BackgroundBackfills(StartupWork work, Scope scope) {
        worker = new Thread(() -> run(work, scope), "liquibase-backfill");
        worker.setDaemon(true);
    }

    private BackgroundBackfills(StartupReport ended) {
        worker = new Thread(() -> {}, "liquibase-backfill");
        report.complete(ended);
    }

    /** On a thread that knows the scope of this one. */
    static BackgroundBackfills start(StartupWork work) {
        var backfills = new BackgroundBackfills(work, Scope.getCurrentScope());
        backfills.worker.start();
        return backfills;
    }

    static BackgroundBackfills ended(StartupReport report) {
        return new BackgroundBackfills(report);
    }

    /** Liquibase 4.29 would let both threads move one scope; its later versions give each its own, as this does. */
    @SuppressWarnings("deprecation")
    private void run(StartupWork work, Scope scope) {
        Scope.setScopeManager(new ThreadLocalScopeManager(scope));
        try {
            report.complete(work.finish());
        } catch (BackfillsFailedException e) {
            report.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            Scope.getCurrentScope()
                    .getLog(ServiceStartup.class)
                    .severe("The backfills of this start ended without a report: " + e, e);
            report.completeExceptionally(e);
        }
    }

    /**
     * How they ended; completes with a {@link BackfillsFailedException} if one failed and this was to fail the start. To
     * cancel it stops nothing: {@link #close()} does.
     */
    public CompletableFuture<StartupReport> report() {
        return report.copy();
    }

    /**
     * Stops the work at its chunk's end and waits for that, also in a thread that is interrupted. What was written is kept, and
     * the next start goes on there. Called by a listener, or by what follows on the report, it does not wait: they are
     * called by the work itself.
     */
    @Override
    public void close() {
        if (Thread.currentThread() == worker) {
            if (!report.isDone()) {
                worker.interrupt();
            }
            return;
        }
        boolean interrupted = false;
        while (worker.isAlive()) {
            worker.interrupt(); // again and again: many a pool and driver forgets it
            try {
                worker.join(INTERRUPT_EVERY_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
