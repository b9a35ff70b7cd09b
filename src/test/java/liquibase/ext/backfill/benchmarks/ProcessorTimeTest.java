package liquibase.ext.backfill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    @Test
    void a_process_counts_with_its_children_that_ended() {
        String stat = "4711 (postgres: (a b) c) S 1 4711 4711 0 -1 4194560 900 0 0 0 150 25 300 125 20 0 1 0 99";

        assertThat(ProcessorTime.ofStat(stat)).isEqualTo(6.0);
    }

    @Test
    void a_thread_that_works_uses_time() {
        ProcessorTime time = ProcessorTime.of(TestDatabase.SQLITE);
        double before = time.seconds();
        long enough = System.nanoTime() + 20_000_000;
        while (System.nanoTime() < enough) {
            Thread.onSpinWait();
        }

        assertThat(time.seconds()).isGreaterThan(before);
    }
}
