package liquibase.ext.backfill.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import liquibase.ext.backfill.engine.BackfillResult;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.engine.Checkpoint;
import liquibase.ext.backfill.engine.RefusedRow;
import org.junit.jupiter.api.Test;

/** The report word for word: programs read the JSON, people the summary. */
class StartupReportTest {
    private static final BackfillReport SUCCESS = of(result("a", Outcome.COMPLETED, 4200, null));
    private static final BackfillReport COMPLETE = of(result("b", Outcome.ALREADY_COMPLETE, 0, null));
    private static final BackfillReport LEFT =
            of(result("c", Outcome.LEFT_TO_OTHER, 0, "host:1:run is at work at it, looking for what is missing"));
    private static final BackfillReport STOPPED = of(result("d", Outcome.STOPPED, 7, "its time box is used up"));
    private static final BackfillReport FAILED =
            BackfillReport.failed("e", "backfill e failed on \"x\".", new Kept.Counts(5, 1, 2), Duration.ofMillis(30));

    private static BackfillReport of(BackfillResult result) {
        return BackfillReport.of(result, Kept.Counts.NONE, Duration.ZERO);
    }

    private static BackfillResult result(String name, Outcome outcome, long inserted, String reason) {
        return new BackfillResult(
                name,
                outcome,
                Optional.empty(),
                new Checkpoint.Counts(inserted, inserted, inserted == 0 ? 0 : 1, 1, 0),
                List.of(new RefusedRow("k", "too deep")),
                inserted == 0 ? 0 : 3,
                Duration.ofMillis(1500),
                Optional.ofNullable(reason));
    }

    private static StartupReport report(BackfillReport... backfills) {
        return new StartupReport(List.of(backfills), List.of(), Optional.empty(), Duration.ofMillis(2345));
    }

    @Test
    void success() {
        assertThat(report(SUCCESS).toJson())
                .isEqualTo("{\"failed\":false,\"durationMillis\":2345,\"error\":null,\"backfills\":[{\"name\":\"a\","
                        + "\"outcome\":\"SUCCESS\",\"reason\":null,\"inserted\":4200,\"refused\":1,\"truncated\":3,"
                        + "\"durationMillis\":1500,\"error\":null}],\"withoutTurn\":[]}");
    }

    @Test
    void skipped() {
        assertThat(report(COMPLETE, LEFT, BackfillReport.skipped("z", "liquibase.backfill.mode is skip"))
                        .toJson())
                .isEqualTo("{\"failed\":false,\"durationMillis\":2345,\"error\":null,\"backfills\":["
                        + "{\"name\":\"b\",\"outcome\":\"SKIPPED\",\"reason\":\"nothing is missing\",\"inserted\":0,"
                        + "\"refused\":0,\"truncated\":0,\"durationMillis\":1500,\"error\":null},"
                        + "{\"name\":\"c\",\"outcome\":\"SKIPPED\",\"reason\":\"left to another runner: host:1:run is at "
                        + "work at it, looking for what is missing\",\"inserted\":0,\"refused\":0,\"truncated\":0,"
                        + "\"durationMillis\":1500,\"error\":null},"
                        + "{\"name\":\"z\",\"outcome\":\"SKIPPED\",\"reason\":\"liquibase.backfill.mode is skip\","
                        + "\"inserted\":0,\"refused\":0,\"truncated\":0,\"durationMillis\":0,\"error\":null}],"
                        + "\"withoutTurn\":[]}");
    }

    @Test
    void stopped_with_others_that_had_no_turn() {
        var report = new StartupReport(List.of(STOPPED), List.of("e", "f"), Optional.empty(), Duration.ofMillis(2345));

        assertThat(report.toJson())
                .isEqualTo("{\"failed\":false,\"durationMillis\":2345,\"error\":null,\"backfills\":[{\"name\":\"d\","
                        + "\"outcome\":\"STOPPED\",\"reason\":\"its time box is used up\",\"inserted\":7,\"refused\":1,"
                        + "\"truncated\":3,\"durationMillis\":1500,\"error\":null}],\"withoutTurn\":[\"e\",\"f\"]}");
        assertThat(report.summary())
                .isEqualTo("Backfills of this start, after 2.3 s: d STOPPED (its time box is used up), 7 inserted, 3 "
                        + "values cut, 1 values refused. Without their turn: e, f.");
    }

    @Test
    void what_runs_wrote_that_lost_their_connection_counts() {
        var earlier = new Kept.Counts(100, 10, 1);

        BackfillReport complete =
                BackfillReport.of(result("a", Outcome.ALREADY_COMPLETE, 0, null), earlier, Duration.ofMillis(500));
        BackfillReport stopped = BackfillReport.of(
                result("a", Outcome.TAKEN_OVER, 7, "x took it over"), earlier, Duration.ofMillis(500));

        assertThat(complete.toMap())
                .containsEntry("outcome", "SUCCESS")
                .containsEntry("reason", null)
                .containsEntry("inserted", 100L)
                .containsEntry("durationMillis", 2000L);
        assertThat(stopped.toMap())
                .containsEntry("outcome", "STOPPED")
                .containsEntry("inserted", 107L)
                .containsEntry("refused", 11L)
                .containsEntry("truncated", 4L);
        assertThat(stopped.leftToOther()).isTrue();
    }

    @Test
    void nobody_changes_a_report() {
        List<BackfillReport> backfills = new ArrayList<>(List.of(STOPPED));
        List<String> withoutTurn = new ArrayList<>(List.of("e"));
        var report = new StartupReport(backfills, withoutTurn, Optional.empty(), Duration.ZERO);

        backfills.clear();
        withoutTurn.clear();

        assertThat(report.backfills()).isUnmodifiable().containsExactly(STOPPED);
        assertThat(report.withoutTurn()).isUnmodifiable().containsExactly("e");
    }

    @Test
    void complete_is_what_leaves_nothing_to_anybody() {
        assertThat(report(SUCCESS, COMPLETE).complete()).isTrue();
        assertThat(report(SUCCESS, LEFT).complete()).isFalse();
        assertThat(report(SUCCESS, STOPPED).complete()).isFalse();
        assertThat(report(SUCCESS, FAILED).complete()).isFalse();
        assertThat(new StartupReport(List.of(SUCCESS), List.of("e"), Optional.empty(), Duration.ZERO).complete())
                .isFalse();
    }

    @Test
    void failed() {
        assertThat(report(FAILED).failed()).isTrue();
        assertThat(report(FAILED).toJson())
                .isEqualTo("{\"failed\":true,\"durationMillis\":2345,\"error\":null,\"backfills\":[{\"name\":\"e\","
                        + "\"outcome\":\"FAILED\",\"reason\":null,\"inserted\":5,\"refused\":1,\"truncated\":2,"
                        + "\"durationMillis\":30,\"error\":\"backfill e failed on \\\"x\\\".\"}],\"withoutTurn\":[]}");
    }

    @Test
    void what_could_not_be_gone_through_failed_too() {
        var report = new StartupReport(List.of(), List.of(), Optional.of("no connection"), Duration.ZERO);

        assertThat(report.failed()).isTrue();
        assertThat(report.toJson())
                .isEqualTo("{\"failed\":true,\"durationMillis\":0,\"error\":\"no connection\",\"backfills\":[],"
                        + "\"withoutTurn\":[]}");
        assertThat(report.summary())
                .isEqualTo("Backfills of this start, after 0 ms: none. They could not be gone through: no connection");
    }
}
