package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether values of one column are found by the index of another. */
class TextComparisonTest {
    @ParameterizedTest
    @CsvSource({
        "false, , false, , true",
        "true, , true, , true",
        "true, , false, , true",
        "false, , true, , false",
        "false, C, false, C, true",
        "false, C, false, , true",
        "false, , false, C, true",
        "false, C, false, de, false",
        "true, C, false, de, false"
    })
    void a_key_is_found_where_blanks_and_collation_allow_it(
            boolean padded, String collation, boolean otherPadded, String otherCollation, boolean found) {
        var key = new TextComparison(padded, Optional.ofNullable(collation));
        var other = new TextComparison(otherPadded, Optional.ofNullable(otherCollation));

        assertThat(key.isLookedUpBy(other)).isEqualTo(found);
    }
}
