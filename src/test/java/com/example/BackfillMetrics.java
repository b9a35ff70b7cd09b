package com.example;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import liquibase.ext.backfill.engine.BackfillListener;
import liquibase.ext.backfill.engine.BackfillResult;

public final class BackfillMetrics implements BackfillListener {
    private final MeterRegistry registry;
    private final AtomicLong left;
    private long insertedBefore;

    public BackfillMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.left = registry.gauge("backfill.rows.left", new AtomicLong());
    }

    @Override
    public void started(String backfill) {
        insertedBefore = 0;
    }

    @Override
    public void advanced(Progress progress) {
        registry.counter("backfill.rows.inserted", "backfill", progress.backfill())
                .increment((double) (progress.inserted() - insertedBefore));
        insertedBefore = progress.inserted();
        left.set(progress.toScan() - progress.scanned());
    }

    @Override
    public void waiting(String backfill, String reason, Duration duration) {
        registry.counter("backfill.waits", "backfill", backfill).increment();
    }

    @Override
    public void ended(BackfillResult result) {
        registry.timer(
                        "backfill.duration",
                        "backfill",
                        result.name(),
                        "outcome",
                        result.outcome().name())
                .record(result.took());
    }

    @Override
    public void failed(Failed failed) {
        registry.timer("backfill.duration", "backfill", failed.backfill(), "outcome", "FAILED")
                .record(failed.took());
    }
}
