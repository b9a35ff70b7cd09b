package com.example;

import java.time.Duration;
import javax.sql.DataSource;
import liquibase.exception.LiquibaseException;
import liquibase.ext.backfill.startup.ServiceStartup;
import liquibase.ext.backfill.startup.StartupReport;

public final class PipelineService {
    /** Throws if a schema change fails; a backfill that fails is in the log and in the report. */
    public StartupReport start(DataSource dataSource) throws LiquibaseException {
        return ServiceStartup.of(dataSource, "db/changelog/db.changelog.yaml")
                .timeBox(Duration.ofMinutes(2))
                .run();
    }
}
