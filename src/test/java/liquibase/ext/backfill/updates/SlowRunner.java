package liquibase.ext.backfill.updates;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillEngine;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillOptions;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.CheckpointTable;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;

/** Somebody else who is at work at the annotation of the creator, run by run and with a pause after each. */
final class SlowRunner implements AutoCloseable {
    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CompletableFuture<BackfillResult> result = new CompletableFuture<>();
    private final Thread thread;

    private SlowRunner(FreshDatabase database) {
        thread = new Thread(() -> work(database), "slow runner");
    }

    /** Is at work when this returns. */
    static SlowRunner on(FreshDatabase database) throws InterruptedException {
        var runner = new SlowRunner(database);
        runner.thread.start();
        if (!runner.atWork.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the slow runner has not begun: " + runner.result);
        }
        return runner;
    }

    private void work(FreshDatabase database) {
        var listener = new BackfillListener() {
            @Override
            public void advanced(Progress progress) {
                atWork.countDown();
            }
        };
        var slowly = BackfillOptions.builder()
                .chunkRows(1)
                .pause(Duration.ofMillis(100))
                .build();
        try (Connection own = database.connect()) {
            result.complete(
                    new BackfillEngine(own, Schema.DEFAULT, CheckpointTable.DEFAULT, slowly, listener, Time.system())
                            .run(SystemAnnotations.createdBy()));
        } catch (Exception e) {
            result.completeExceptionally(e);
        }
    }

    boolean isAtWork() {
        return thread.isAlive();
    }

    /** Stops at a chunk's end. */
    BackfillResult stop() throws Exception {
        thread.interrupt();
        return result.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
