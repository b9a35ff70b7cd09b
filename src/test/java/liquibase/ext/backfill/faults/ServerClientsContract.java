package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import liquibase.ext.backfill.engine.Isolation;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only servers have: transactions that see what others commit meanwhile. */
abstract class ServerClientsContract extends ClientsContract {
    ServerClientsContract(TestDatabase product) {
        super(product);
    }

    @Test
    void clients_at_read_committed_that_touch_one_run_each_time_have_nothing_to_repeat() throws Exception {
        assertThat(repeated(beside(Backfills.ONE, Isolation.READ_COMMITTED, Level.READ_COMMITTED, KeyOrder.SEQUENTIAL)))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"TWO_PROCESSES", "FOUR_PROCESSES"})
    void nor_have_they_beside_several_processes_that_backfill_at_once(Backfills backfills) throws Exception {
        assertThat(repeated(beside(backfills, Isolation.READ_COMMITTED, Level.READ_COMMITTED, KeyOrder.SEQUENTIAL)))
                .isZero();
    }

    /** InnoDB's chunks lock what they read, so that now and then a client is the victim of a deadlock. */
    @Test
    void beside_a_backfill_at_serializable_hardly_one_of_a_thousand_has_to_be_repeated() throws Exception {
        Map<Client.Kind, Client.Counts> clients =
                beside(Backfills.ONE, Isolation.SERIALIZABLE, Level.READ_COMMITTED, KeyOrder.RANDOM);

        assertThat(1000 * repeated(clients)).isLessThan(sum(clients, counts -> counts.transactions));
        if (product == TestDatabase.POSTGRESQL) {
            assertThat(repeated(clients)).isZero();
        }
    }
}
