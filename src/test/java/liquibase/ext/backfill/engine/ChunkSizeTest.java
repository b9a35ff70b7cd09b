package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {
    private final ChunkSize adaptive = ChunkSize.of(
            BackfillOptions.builder().targetChunkTime(Duration.ofMillis(200)).build());

    private void wrote(int millis) {
        adaptive.wrote(adaptive.rows(), Duration.ofMillis(millis));
    }

    @Test
    void it_begins_small_and_grows_fourfold_at_most() {
        assertThat(adaptive.rows()).isEqualTo(500);

        wrote(1);

        assertThat(adaptive.rows()).isEqualTo(2000);
    }

    @Test
    void it_comes_to_the_target_time_in_one_step_when_a_chunk_was_too_slow() {
        wrote(1000);

        assertThat(adaptive.rows()).isEqualTo(100);
    }

    @Test
    void it_stays_where_the_target_time_is_met() {
        wrote(200);

        assertThat(adaptive.rows()).isEqualTo(500);
    }

    @Test
    void it_stays_within_its_bounds() {
        for (int i = 0; i < 100; i++) {
            wrote(0);
        }
        assertThat(adaptive.rows()).isEqualTo(20_000);

        for (int i = 0; i < 100; i++) {
            adaptive.timedOut();
        }
        assertThat(adaptive.rows()).isEqualTo(10);
    }

    @Test
    void it_halves_on_a_timeout() {
        adaptive.timedOut();

        assertThat(adaptive.rows()).isEqualTo(250);
    }

    @Test
    void it_learns_nothing_from_the_rest_at_the_end() {
        adaptive.wrote(3, Duration.ofMillis(1));

        assertThat(adaptive.rows()).isEqualTo(500);
    }

    @Test
    void an_explicit_size_stays_whatever_happens() {
        ChunkSize fixed = ChunkSize.of(BackfillOptions.builder().chunkRows(77).build());

        fixed.wrote(77, Duration.ofMinutes(1));
        fixed.timedOut();

        assertThat(fixed.rows()).isEqualTo(77);
    }
}
