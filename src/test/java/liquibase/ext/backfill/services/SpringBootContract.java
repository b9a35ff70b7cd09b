package liquibase.ext.backfill.services;

import static org.assertj.core.api.Assertions.assertThat;

import liquibase.ext.backfill.updates.Fork;
import org.junit.jupiter.api.Test;

/** The service on a version of Spring Boot: its own tests run on SQLite and PostgreSQL. */
abstract class SpringBootContract {
    private final String project;
    private final String springBoot;
    private final String liquibase;

    /** @param liquibase the version of Liquibase that comes with this one of Spring Boot */
    SpringBootContract(String project, String springBoot, String liquibase) {
        this.project = project;
        this.springBoot = springBoot;
        this.liquibase = liquibase;
    }

    @Test
    void a_service_is_backfilled_when_it_has_started_and_keeps_parity() throws Exception {
        Fork fork = ServiceBuild.test(project, "spring-boot.version=" + springBoot);

        assertThat(fork.output())
                .contains("Spring Boot " + springBoot + " with Liquibase " + liquibase)
                .contains("Failures: 0, Errors: 0, Skipped: 0")
                .contains("BUILD SUCCESS");
    }
}
