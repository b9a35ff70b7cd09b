package liquibase.ext.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.engine.BackfillListener.Progress;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.engine.Checkpoint;
import liquibase.ext.backfill.engine.Parity;
import liquibase.ext.backfill.engine.RefusedRow;
import liquibase.ext.backfill.engine.Time;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ui.ConsoleUIService;
import org.junit.jupiter.api.Test;

class ProgressReportTest {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final Clock clock = new Clock();

    @Test
    void a_run_says_what_it_found_and_in_its_summary_what_was_there_what_came_and_that_parity_holds() {
        ProgressReport report = report(SystemAnnotations.createdBy());

        report.compared("any", new Parity(1_000_490, 30));
        report.ended(result(Outcome.COMPLETED, new Parity(1_000_490, 1_000_490), 1_000_460, 83_456, null));

        assertThat(said())
                .containsExactly(
                        "Backfill pipeline_run.created_by: 1,000,460 of 1,000,490 rows of pipeline_run lack their row"
                                + " in pipeline_run_annotation",
                        "Backfill pipeline_run.created_by: complete in 1 min 23 s. Of 1,000,490 rows of pipeline_run, "
                                + "30 had system/pipeline_run.created_by already, 1,000,460 were inserted, 0 are "
                                + "missing: parity.");
    }

    @Test
    void a_partial_run_says_how_many_rows_its_source_names_no_value_for() {
        ProgressReport report = report(SystemAnnotations.nameFromExtraData());

        report.compared("any", new Parity(490, 50));
        report.ended(result(Outcome.COMPLETED, null, 160, 9, null));

        assertThat(said().get(1))
                .isEqualTo("Backfill pipeline_run.name/extra_data: complete in 9 ms. Of 490 rows of pipeline_run, 50 "
                        + "had system/pipeline_run.name already, 160 were inserted, 280 have no value here.");
    }

    @Test
    void a_partial_run_that_stops_does_not_say_of_rows_that_it_did_not_look_at_that_they_have_no_value() {
        ProgressReport report = report(SystemAnnotations.nameFromExtraData());

        report.compared("any", new Parity(490, 50));
        report.ended(result(Outcome.STOPPED, null, 60, 9, "its time box is used up"));

        assertThat(said().get(1))
                .isEqualTo(
                        "Backfill pipeline_run.name/extra_data: stopped after 9 ms, because its time box is used up. Of "
                                + "490 rows of pipeline_run, 50 had system/pipeline_run.name already, 60 were inserted. The next "
                                + "run goes on there.");
    }

    @Test
    void a_run_that_stops_before_its_first_chunk_has_nothing_to_go_on_with() {
        report(SystemAnnotations.createdBy()).ended(result(Outcome.STOPPED, null, 0, 2, "its time box is used up"));

        assertThat(said())
                .containsExactly(
                        "Backfill pipeline_run.created_by: stopped before its first chunk, because its time box"
                                + " is used up. The next run takes it up.");
    }

    @Test
    void a_run_that_was_taken_over_leaves_the_rest_to_the_other_runner() {
        report(SystemAnnotations.createdBy())
                .ended(result(Outcome.TAKEN_OVER, null, 0, 2, "another runner took it over"));

        assertThat(said())
                .containsExactly("Backfill pipeline_run.created_by: stopped after 2 ms, because another runner took it"
                        + " over. 0 rows were inserted. The other runner goes on there.");
    }

    @Test
    void a_run_that_found_nothing_to_do_says_so() {
        report(SystemAnnotations.createdBy()).ended(result(Outcome.ALREADY_COMPLETE, new Parity(490, 490), 0, 3, null));

        assertThat(said())
                .containsExactly("Backfill pipeline_run.created_by: already complete. Of 490 rows of pipeline_run, 490 "
                        + "had system/pipeline_run.created_by already, 0 were inserted, 0 are missing: parity.");
    }

    @Test
    void a_run_that_goes_on_where_another_left_off_counts_only_what_it_knows() {
        report(SystemAnnotations.createdBy())
                .ended(result(Outcome.STOPPED, null, 160, 4_200, "its time box is used up"));

        assertThat(said())
                .containsExactly("Backfill pipeline_run.created_by: stopped after 4.2 s, because its time box is used "
                        + "up. 160 rows were inserted. The next run goes on there.");
    }

    @Test
    void values_that_the_database_refused_are_reported_with_their_rows() {
        var result = new BackfillResult(
                "any",
                Outcome.COMPLETED,
                Optional.of(new Parity(5, 5)),
                new Checkpoint.Counts(5, 5, 1, 1, 0),
                List.of(new RefusedRow("run-3", "too deep")),
                0,
                Duration.ofMillis(7),
                Optional.empty());

        report(SystemAnnotations.createdBy()).ended(result);

        assertThat(said().get(1))
                .contains("refused the values of 1 rows")
                .contains("run-3")
                .contains("too deep");
    }

    @Test
    void values_that_were_cut_are_counted() {
        var result = new BackfillResult(
                "any",
                Outcome.COMPLETED,
                Optional.of(new Parity(5, 5)),
                new Checkpoint.Counts(5, 5, 0, 1, 0),
                List.of(),
                1_234,
                Duration.ofMillis(7),
                Optional.empty());

        report(SystemAnnotations.createdBy()).ended(result);

        assertThat(said().get(1)).endsWith("1,234 rows got a value that was cut to its column's length");
    }

    @Test
    void a_run_under_way_says_a_line_every_five_seconds_and_not_per_chunk() {
        ProgressReport report = report(SystemAnnotations.createdBy());

        clock.passes(Duration.ofSeconds(3));
        report.advanced(new Progress("any", 1_000, 4_000, 900, Duration.ofSeconds(3), "run-1000"));
        clock.passes(Duration.ofSeconds(3));
        report.advanced(new Progress("any", 2_000, 4_000, 1_800, Duration.ofSeconds(6), "run-2000"));
        report.waiting("any", "the configured pause", Duration.ofSeconds(1));

        assertThat(said())
                .containsExactly("Backfill pipeline_run.created_by: 50.0%, 2,000 of about 4,000 rows scanned, 1,800 "
                        + "inserted, 333 rows/s, about 6.0 s left, at key run-2000; running");
    }

    @Test
    void numbers_look_the_same_in_every_locale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            report(SystemAnnotations.createdBy()).compared("any", new Parity(1_000_000, 0));
        } finally {
            Locale.setDefault(before);
        }

        assertThat(said().get(0)).contains("1,000,000 of 1,000,000 rows");
    }

    private ProgressReport report(BackfillDefinition definition) {
        var ui = new ConsoleUIService();
        ui.setOutputStream(new PrintStream(console, true, StandardCharsets.UTF_8));
        return new ProgressReport(definition, ui, clock);
    }

    private List<String> said() {
        return console.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static BackfillResult result(
            Outcome outcome, Parity after, long inserted, long milliseconds, String stopReason) {
        return new BackfillResult(
                "any",
                outcome,
                Optional.ofNullable(after),
                new Checkpoint.Counts(0, inserted, 0, 0, 0),
                List.of(),
                0,
                Duration.ofMillis(milliseconds),
                Optional.ofNullable(stopReason));
    }

    private static final class Clock implements Time {
        private long nanos;

        void passes(Duration duration) {
            nanos += duration.toNanos();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void sleep(Duration duration) {
            passes(duration);
        }
    }
}
