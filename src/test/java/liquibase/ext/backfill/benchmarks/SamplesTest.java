package liquibase.ext.backfill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void the_median_of_an_odd_number_is_the_middle_one() {
        assertThat(new Samples(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2.0);
    }

    @Test
    void the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assertThat(new Samples(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3.0);
    }

    @Test
    void the_extremes_are_found_whatever_the_order() {
        var samples = new Samples(List.of(3.0, 9.0, 1.0, 2.0));

        assertThat(samples.min()).isEqualTo(1.0);
        assertThat(samples.max()).isEqualTo(9.0);
    }

    @Test
    void a_percentile_is_a_value_that_was_measured() {
        var samples = new Samples(
                IntStream.rangeClosed(1, 200).mapToObj(i -> (double) i).toList());

        assertThat(samples.percentile(50)).isEqualTo(100.0);
        assertThat(samples.percentile(99)).isEqualTo(198.0);
        assertThat(samples.percentile(100)).isEqualTo(200.0);
        assertThat(new Samples(List.of(7.0)).percentile(1)).isEqualTo(7.0);
    }

    @Test
    void ratios_are_taken_round_by_round() {
        var slow = new Samples(List.of(4.0, 9.0));
        var fast = new Samples(List.of(2.0, 3.0));

        assertThat(slow.dividedBy(fast).values()).containsExactly(2.0, 3.0);
    }

    @Test
    void unequal_numbers_of_rounds_are_not_compared() {
        var two = new Samples(List.of(1.0, 2.0));
        var one = new Samples(List.of(1.0));

        assertThatThrownBy(() -> two.dividedBy(one)).hasMessage("2 rounds cannot be compared with 1");
    }

    @Test
    void nothing_has_no_median() {
        assertThatThrownBy(() -> new Samples(List.of())).hasMessage("nothing was measured");
    }
}
