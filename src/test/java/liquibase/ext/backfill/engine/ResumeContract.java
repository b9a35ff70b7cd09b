package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that ends early loses nothing, and the next one goes on where it ended. */
abstract class ResumeContract extends EngineContract {
    private static final int ROWS = 50;

    ResumeContract(TestDatabase product) {
        super(product);
    }

    /** Does something after the chunk of a number, counted from 1. */
    private static BackfillListener afterChunk(int number, Runnable event) {
        var chunks = new int[1];
        return new BackfillListener() {
            @Override
            public void advanced(Progress progress) {
                if (++chunks[0] == number) {
                    event.run();
                }
            }
        };
    }

    private BackfillResult runUntilItsTimeBoxEnds(int chunks) throws SQLException {
        var time = new FakeTime();
        BackfillOptions options = chunksOf(7).build().until(time.now().plusSeconds(60));
        return engine(options, afterChunk(chunks, () -> time.pass(Duration.ofMinutes(2))), time)
                .run(Things.TOTAL);
    }

    @ParameterizedTest
    @EnumSource
    void a_backfill_reaches_parity_and_a_second_run_finds_nothing_to_do(Keys keys) throws SQLException {
        Things things = things(keys, ROWS);

        BackfillResult first = engine(chunksOf(7).build()).run(Things.TOTAL);
        BackfillResult second = engine(chunksOf(7).build()).run(Things.TOTAL);

        things.assertParity();
        assertThat(first.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(first.parity()).contains(new Parity(ROWS, ROWS));
        assertThat(first.counts()).isEqualTo(new Checkpoint.Counts(ROWS, ROWS, 0, 8, 0));
        assertThat(second.outcome()).isEqualTo(Outcome.ALREADY_COMPLETE);
        assertThat(second.counts()).isEqualTo(Checkpoint.Counts.NONE);
        assertThat(things.checkpoint().state()).isEqualTo(CheckpointState.COMPLETE);
    }

    @ParameterizedTest
    @EnumSource
    void after_its_time_box_the_next_run_goes_on_and_scans_nothing_twice(Keys keys) throws SQLException {
        Things things = things(keys, ROWS);

        BackfillResult first = runUntilItsTimeBoxEnds(3);

        assertThat(first.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(first.stopReason()).contains("its time box is used up");
        assertThat(things.tags()).hasSize(21);
        assertThat(things.checkpoint().state()).isEqualTo(CheckpointState.STOPPED);

        BackfillResult second = engine(chunksOf(7).build()).run(Things.TOTAL);

        things.assertParity();
        assertThat(first.counts().scanned() + second.counts().scanned()).isEqualTo(ROWS);
        assertThat(things.checkpoint().counts()).isEqualTo(new Checkpoint.Counts(ROWS, ROWS, 0, 8, 0));
    }

    @Test
    void after_an_interruption_the_next_run_goes_on_and_scans_nothing_twice() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);

        BackfillResult first = engine(
                        chunksOf(7).build(), afterChunk(2, Thread.currentThread()::interrupt), new FakeTime())
                .run(Things.TOTAL);

        assertThat(Thread.interrupted())
                .as("the caller can see that it was interrupted")
                .isTrue();
        assertThat(first.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(first.stopReason()).contains("it was told to end");
        assertThat(things.tags()).hasSize(14);

        BackfillResult second = engine(chunksOf(7).build()).run(Things.TOTAL);

        things.assertParity();
        assertThat(second.counts().scanned()).isEqualTo(ROWS - 14);
    }

    @Test
    void after_a_failure_the_next_run_goes_on_and_scans_nothing_twice() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        BackfillEngine failing =
                engine(chunksOf(7).build(), afterChunk(2, () -> rename(things, "content", "moved")), new FakeTime());

        assertThatThrownBy(() -> failing.run(Things.TOTAL))
                .isInstanceOf(BackfillException.class)
                .hasMessageStartingWith("backfill thing.label failed on ")
                .hasMessageContaining("keys (")
                .hasMessageContaining("] met an error at attempt 1: ")
                .hasMessageContaining("Kept: the 14 rows that this run inserted in 2 chunks")
                .hasMessageEndingWith("run the update again: it goes on from there.");
        assertThat(things.checkpoint().state()).isEqualTo(CheckpointState.FAILED);
        assertThat(things.checkpoint().lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("keys ("));

        rename(things, "moved", "content");
        BackfillResult second = engine(chunksOf(7).build()).run(Things.TOTAL);

        things.assertParity();
        assertThat(second.counts().scanned()).isEqualTo(ROWS - 14);
        assertThat(things.checkpoint().lastError()).isEmpty();
    }

    private static void rename(Things things, String column, String to) {
        try {
            things.execute("ALTER TABLE tag RENAME COLUMN %s TO %s".formatted(column, to));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Hears whether a run goes on or starts over. */
    private static BackfillListener beginnings(List<String> heard) {
        return new BackfillListener() {
            @Override
            public void resumed(String backfill, KeyRange rest) {
                heard.add(backfill + " goes on");
            }

            @Override
            public void restarted(String backfill, String reason) {
                heard.add(backfill + " starts over: " + reason);
            }
        };
    }

    @Test
    void a_changed_definition_starts_over_and_says_so() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        runUntilItsTimeBoxEnds(3);
        List<String> heard = new ArrayList<>();

        BackfillResult result =
                engine(chunksOf(7).build(), beginnings(heard), new FakeTime()).run(Things.CHANGED);

        assertThat(heard).containsExactly("thing.label starts over: its definition has changed");
        assertThat(result.counts()).isEqualTo(new Checkpoint.Counts(ROWS, ROWS, 0, 8, 0));
        assertThat(things.checkpoint().counts()).isEqualTo(result.counts());
        assertThat(things.checkpoint().fingerprint()).isEqualTo(Things.CHANGED.fingerprint());
    }

    @Test
    void an_unchanged_definition_goes_on_and_says_so() throws SQLException {
        things(Keys.RANDOM_TEXTS, ROWS);
        runUntilItsTimeBoxEnds(3);
        List<String> heard = new ArrayList<>();

        engine(chunksOf(7).build(), beginnings(heard), new FakeTime()).run(Things.TOTAL);

        assertThat(heard).containsExactly("thing.label goes on");
    }

    /** Or else a chunk would hold its locks while the next one is looked for, and see the past. */
    @Test
    void whatever_is_looked_for_is_looked_for_outside_of_a_transaction() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        Connection real = connect();
        List<String> inside = new ArrayList<>();
        Connection connection = Hooked.connection(real, new Hooked.Hook() {
            @Override
            public void before(String sent) throws SQLException {
                if (sent.startsWith("SELECT") && !real.getAutoCommit()) {
                    inside.add(sent);
                }
            }
        });

        engine(connection, chunksOf(7).build(), BackfillListener.NONE, new FakeTime())
                .run(Things.TOTAL);

        assertThat(inside).isEmpty();
        things.assertParity();
    }

    @ParameterizedTest
    @EnumSource
    void a_row_that_is_committed_below_the_cursor_is_found_by_a_small_pass(Keys keys) throws SQLException {
        Things things = things(keys, ROWS);
        String late = things.tagless().get(0);
        things.execute("DELETE FROM thing WHERE id = " + things.literal(late));

        BackfillResult result = engine(chunksOf(7).build(), afterChunk(3, () -> insert(things, late)), new FakeTime())
                .run(Things.TOTAL);

        things.assertParity();
        assertThat(result.parity()).contains(new Parity(ROWS, ROWS));
        assertThat(result.counts().scanned()).isEqualTo(ROWS);
    }

    private static void insert(Things things, String key) {
        try (var connection = things.connect()) {
            things.insertThing(connection, key, "late");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_complete_backfill_whose_parity_is_broken_again_repairs_only_what_is_missing() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        engine(chunksOf(7).build()).run(Things.TOTAL);
        String lost = things.tags().keySet().stream().skip(20).findFirst().orElseThrow();
        things.execute("DELETE FROM tag WHERE thing_id = " + things.literal(lost));

        BackfillResult result = engine(chunksOf(7).build()).run(Things.TOTAL);

        things.assertParity();
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.counts()).isEqualTo(new Checkpoint.Counts(1, 1, 0, 1, 0));
    }

    @Test
    void existing_rows_stay_as_they_are() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        String first = things.tagless().get(0);
        things.execute("INSERT INTO tag (thing_id, name, content) VALUES (%s, 'label', 'by hand')"
                .formatted(things.literal(first)));

        engine(chunksOf(7).build()).run(Things.TOTAL);

        assertThat(things.tags()).hasSize(ROWS).containsEntry(first, "by hand");
    }

    @Test
    void a_partial_backfill_that_was_complete_scans_again_for_what_has_a_value_now() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        BackfillResult first = engine(chunksOf(7).build()).run(Things.PARTIAL);
        assertThat(first.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(things.checkpoint(Things.PARTIAL).state()).isEqualTo(CheckpointState.COMPLETE);
        assertThat(things.tags()).hasSize(34);
        things.execute("UPDATE thing SET label = 'found later' WHERE label IS NULL");

        BackfillResult second = engine(chunksOf(7).build()).run(Things.PARTIAL);

        assertThat(second.counts().inserted()).isEqualTo(ROWS - 34);
        things.assertParity();
    }

    @Test
    void a_backfill_of_an_empty_table_is_complete() throws SQLException {
        things(Keys.RANDOM_TEXTS, 0);

        assertThat(engine(chunksOf(7).build()).run(Things.TOTAL).outcome()).isEqualTo(Outcome.ALREADY_COMPLETE);
    }

    @Test
    void adaptive_chunks_and_read_committed_come_to_the_same_result() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);

        engine(BackfillOptions.builder().isolation(Isolation.READ_COMMITTED).build())
                .run(Things.TOTAL);

        things.assertParity();
    }

    @Test
    void a_row_that_the_database_refuses_gets_its_last_resort_and_stops_no_other() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        things.refuseTagsWithContent("label of 7");

        BackfillResult result = engine(chunksOf(20).build()).run(Things.TOTAL);

        String refused = things.keys(ROWS).get(7);
        assertThat(result.counts().refused()).isEqualTo(1);
        assertThat(result.refused()).singleElement().satisfies(row -> {
            assertThat(row.key()).isEqualTo(refused);
            assertThat(row.reason()).isNotBlank();
        });
        assertThat(things.tags()).hasSize(ROWS).containsEntry(refused, "").containsValue("label of 6");
        assertThat(things.checkpoint().counts().refused()).isEqualTo(1);
        assertThat(things.checkpoint().counts().scanned()).isEqualTo(ROWS);
    }
}
