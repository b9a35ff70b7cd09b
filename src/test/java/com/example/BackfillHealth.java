package com.example;

import java.util.concurrent.CompletableFuture;
import liquibase.ext.backfill.startup.BackgroundBackfills;
import liquibase.ext.backfill.startup.StartupReport;

/** What a health endpoint answers: the service is up in any case, but its search may lack old runs. */
public final class BackfillHealth {
    private final BackgroundBackfills backfills;

    public BackfillHealth(BackgroundBackfills backfills) {
        this.backfills = backfills;
    }

    public String status() {
        CompletableFuture<StartupReport> report = backfills.report();
        if (!report.isDone()) {
            return "BACKFILLING";
        }
        return report.isCompletedExceptionally() || !report.join().complete() ? "DEGRADED" : "UP";
    }

    public String details() {
        CompletableFuture<StartupReport> report = backfills.report();
        return report.isDone() && !report.isCompletedExceptionally()
                ? report.join().toJson()
                : "{}";
    }
}
