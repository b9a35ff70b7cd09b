package liquibase.ext.backfill.services;

import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlSpringBoot4IT extends SpringBootContract {
    PostgresqlSpringBoot4IT() {
        super("spring-boot-4", System.getProperty("backfill.test.spring-boot-4.version"), "5.0.3");
    }
}
