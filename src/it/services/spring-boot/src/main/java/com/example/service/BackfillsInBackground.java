package com.example.service;

import javax.sql.DataSource;
import liquibase.exception.LiquibaseException;
import liquibase.ext.backfill.startup.BackgroundBackfills;
import liquibase.ext.backfill.startup.ServiceStartup;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** In place of the starter's SpringLiquibase: the schema while the application starts, the backfills beside it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.liquibase.enabled", havingValue = "false")
class BackfillsInBackground {
    @Bean(destroyMethod = "close")
    BackgroundBackfills backfills(DataSource dataSource) throws LiquibaseException {
        return ServiceStartup.of(dataSource, "db/changelog/db.changelog-master.yaml")
                .runInBackground();
    }
}
