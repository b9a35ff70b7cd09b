package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** How many values a run cut to their column's 255 code points: its own, and no other's. */
abstract class CutValuesContract extends EngineContract {
    private static final String FITS = "😀".repeat(255);
    private static final String TOO_LONG = "😀".repeat(256);

    CutValuesContract(TestDatabase product) {
        super(product);
    }

    @Test
    void a_run_counts_the_values_that_it_cut_and_not_those_that_just_fit() throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, 0);
        insert(things, TOO_LONG, FITS, "x", null, "", TOO_LONG + "x", "y".repeat(256));

        BackfillResult result = engine(chunksOf(3).build()).run(Things.TOTAL);

        assertThat(result.truncated()).isEqualTo(3);
        assertThat(things.tags().values()).contains(FITS, "y".repeat(255));
    }

    @Test
    void what_others_cut_before_is_not_counted() throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, 0);
        List<String> keys = insert(things, TOO_LONG, TOO_LONG, FITS, TOO_LONG, "x");
        try (Connection writer = things.connect()) {
            things.insertTag(writer, keys.get(0), FITS);
            things.insertTag(writer, keys.get(2), FITS);
        }

        BackfillResult result = engine(chunksOf(10).build()).run(Things.TOTAL);

        assertThat(result.counts().inserted()).isEqualTo(3);
        assertThat(result.truncated()).isEqualTo(2);
    }

    @Test
    void a_run_that_inserts_nothing_has_cut_nothing() throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, 0);
        insert(things, TOO_LONG, "x");
        engine(chunksOf(10).build()).run(Things.TOTAL);

        assertThat(engine(chunksOf(10).build()).run(Things.TOTAL).truncated()).isZero();
    }

    @Test
    void several_backfills_in_one_transaction_count_too() throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, 0);
        insert(things, TOO_LONG, FITS, "x");

        List<BackfillResult> results = engine(chunksOf(10).build()).runAllOrNothing(List.of(Things.TOTAL));

        assertThat(results).singleElement().satisfies(result -> assertThat(result.truncated())
                .isEqualTo(1));
    }

    private List<String> insert(Things things, String... labels) throws Exception {
        List<String> keys = things.keys(labels.length);
        try (Connection writer = things.connect()) {
            for (int i = 0; i < labels.length; i++) {
                things.insertThing(writer, keys.get(i), labels[i]);
            }
        }
        return keys;
    }
}
