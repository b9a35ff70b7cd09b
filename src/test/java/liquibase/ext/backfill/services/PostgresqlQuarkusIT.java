package liquibase.ext.backfill.services;

import static org.assertj.core.api.Assertions.assertThat;

import liquibase.ext.backfill.updates.Fork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Slow only where Quarkus has to be downloaded first. */
@Tag("postgresql")
@Tag("slow")
class PostgresqlQuarkusIT {
    private static final String QUARKUS = System.getProperty("backfill.test.quarkus.version");

    @Test
    void a_service_is_backfilled_when_it_has_started_and_keeps_parity() throws Exception {
        Fork fork = ServiceBuild.test("quarkus", "quarkus.version=" + QUARKUS);

        assertThat(fork.output())
                .contains("Quarkus " + QUARKUS + " with Liquibase 4.33.0")
                .contains("Failures: 0, Errors: 0, Skipped: 0")
                .contains("BUILD SUCCESS");
    }
}
