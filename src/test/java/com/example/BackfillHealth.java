package com.example;

import java.util.concurrent.CompletableFuture;
import liquibase.ext.backfill.startup.BackgroundBackfills;
import liquibase.ext.backfill.startup.StartupReport;

/** What a health endpoint answers: the service is up in any case, but its search may lack old runs. */
public final class BackfillHealth {
    private final CompletableFuture<StartupReport> report;

    public BackfillHealth(BackgroundBackfills backfills) {
        report = backfills.report();
    }

    public String status() {
        if (!report.isDone()) {
            return "BACKFILLING";
        }
        return report.isCompletedExceptionally() || report.join().failed() ? "DEGRADED" : "UP";
    }

    public String details() {
        return report.isDone() && !report.isCompletedExceptionally()
                ? report.join().toJson()
                : "{}";
    }
}
