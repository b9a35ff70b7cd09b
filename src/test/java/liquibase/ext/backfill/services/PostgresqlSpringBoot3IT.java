package liquibase.ext.backfill.services;

import org.junit.jupiter.api.Tag;

@Tag("postgresql")
class PostgresqlSpringBoot3IT extends SpringBootContract {
    PostgresqlSpringBoot3IT() {
        super("spring-boot-3", System.getProperty("backfill.test.spring-boot-3.version"), "4.31.1");
    }
}
