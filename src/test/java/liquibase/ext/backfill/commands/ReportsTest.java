package liquibase.ext.backfill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Coverage;
import liquibase.ext.backfill.engine.BackfillStatus;
import liquibase.ext.backfill.engine.Checkpoint;
import liquibase.ext.backfill.engine.CheckpointState;
import liquibase.ext.backfill.engine.Finding;
import liquibase.ext.backfill.engine.Parity;
import liquibase.ext.backfill.engine.Verification;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import org.junit.jupiter.api.Test;

/** The reports word for word: programs read the JSON, people the table. */
class ReportsTest {
    private static final BackfillDefinition DEFINITION = SystemAnnotations.createdBy();

    private static StatusReport status(CheckpointState state, String fingerprint, double silent, String error) {
        var checkpoint = new Checkpoint(
                DEFINITION.name(),
                fingerprint,
                state,
                Optional.of("host:1:run"),
                2,
                Duration.ofSeconds(30),
                Optional.of("k100"),
                Optional.of("k400"),
                new Checkpoint.Counts(1000, 900, 2, 10, 1),
                "2026-11-23 12:00:00",
                silent,
                silent + 50,
                Optional.ofNullable(error));
        return new StatusReport(List.of(new BackfillStatus(
                DEFINITION,
                Optional.of(checkpoint),
                Optional.of(new Parity(5000, 1900)),
                OptionalLong.of(3100),
                OptionalLong.of(3000),
                Optional.empty())));
    }

    @Test
    void the_keys_of_the_status_stay_as_they_are() {
        assertThat(status(CheckpointState.FAILED, DEFINITION.fingerprint(), 4, "it \"broke\"")
                        .toJson())
                .isEqualTo("{\"parity\":false,\"backfills\":[{\"name\":\"pipeline_run.created_by\","
                        + "\"coverage\":\"total\",\"state\":\"failed\",\"parity\":false,\"sourceRows\":5000,"
                        + "\"missing\":3100,\"progressPercent\":25.0,\"scanned\":1000,\"left\":3000,"
                        + "\"inserted\":900,\"refused\":2,\"retries\":1,\"rowsPerSecond\":20.0,"
                        + "\"owner\":\"host:1:run\",\"secondsSinceSignOfLife\":4.0,\"keyReached\":\"k100\","
                        + "\"definitionChanged\":false,\"lastError\":\"it \\\"broke\\\"\",\"problem\":null}]}\n");
    }

    @Test
    void a_runner_at_work_is_told_from_one_that_died() {
        assertThat(status(CheckpointState.RUNNING, DEFINITION.fingerprint(), 4, null)
                        .toTable())
                .contains("running")
                .contains("host:1:run is at work, last sign of life 4 s ago");
        assertThat(status(CheckpointState.RUNNING, DEFINITION.fingerprint(), 95, null)
                        .toTable())
                .contains("abandoned")
                .contains("its runner host:1:run gave no sign of life for 95 s; the next run goes on there");
        assertThat(status(CheckpointState.RUNNING, DEFINITION.fingerprint(), -95, null)
                        .toTable())
                .contains("running")
                .contains(
                        "host:1:run is at work or died at it: the clock of the database was set back, its last sign of life"
                                + " lies 95 s in the future; a run that gets no new one within the lease goes on there");
    }

    @Test
    void the_table_is_lined_up_and_followed_by_what_does_not_fit_into_it() {
        assertThat(status(CheckpointState.FAILED, "of another definition", 4, "it broke")
                        .toTable())
                .isEqualTo("""
                        BACKFILL                  STATE  PARITY  MISSING  PROGRESS  INSERTED  ROWS/S
                        pipeline_run.created_by  failed  broken    3,100     25.0%       900      20
                        pipeline_run.created_by: failed last: it broke
                        pipeline_run.created_by: the database refused the values of 2 rows
                        pipeline_run.created_by: its definition has changed since; the next run starts over
                        Parity does not hold for pipeline_run.created_by (3,100 missing): run \
                        `liquibase backfill-run` or `liquibase update`.
                        """);
    }

    @Test
    void rows_that_are_missing_after_a_complete_run_are_explained() {
        assertThat(status(CheckpointState.COMPLETE, DEFINITION.fingerprint(), 4, null)
                        .toTable())
                .contains(
                        "complete once; the 3,100 missing rows were deleted since, or their source rows came without");
        assertThat(status(CheckpointState.COMPLETE, "of another definition", 4, null)
                        .toTable())
                .contains("its definition has changed since")
                .doesNotContain("complete once");
    }

    @Test
    void what_could_not_be_looked_at_is_not_sent_to_a_run_that_would_fail_likewise() {
        var report =
                new StatusReport(List.of(unknown("a", "backfill a cannot run: table t is missing."), missing("b", 1)));

        assertThat(report.verdict())
                .isEqualTo("Parity does not hold for b (1 missing): run `liquibase backfill-run` or `liquibase update`."
                        + " Parity could not be looked at for a: mend what the report names as the problem.");
        assertThat(report.toTable()).contains("\nbackfill a cannot run: table t is missing.\n");
    }

    private static BackfillStatus unknown(String name, String problem) {
        return new BackfillStatus(
                named(name),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(problem));
    }

    private static BackfillStatus missing(String name, long rows) {
        var parity = new Parity(10, 10 - rows);
        return new BackfillStatus(
                named(name),
                Optional.empty(),
                Optional.of(parity),
                OptionalLong.of(rows),
                OptionalLong.empty(),
                Optional.empty());
    }

    private static BackfillDefinition named(String name) {
        return new BackfillDefinition(name, DEFINITION.source(), DEFINITION.target(), DEFINITION.coverage());
    }

    @Test
    void where_only_partial_backfills_are_looked_at_nothing_is_said_of_parity() {
        var partial = new BackfillDefinition("some", DEFINITION.source(), DEFINITION.target(), Coverage.PARTIAL);
        var report = new StatusReport(List.of(new BackfillStatus(
                partial,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of("some cannot be looked at: table t is missing."))));

        assertThat(report.holds()).isTrue();
        assertThat(report.toTable())
                .contains("\nsome cannot be looked at: table t is missing.\n")
                .endsWith("\nParity is not judged: there is no total backfill.\n");
        assertThat(new StatusReport(List.of(missing("a", 0))).verdict()).isEqualTo("Parity holds: 1 total, 0 partial.");
    }

    @Test
    void the_keys_of_a_verification_stay_as_they_are() {
        Map<Finding, Verification.Found> found = new EnumMap<>(Finding.class);
        found.put(Finding.EXACT, new Verification.Found(7, List.of()));
        found.put(Finding.MISSING, new Verification.Found(1, List.of("a")));
        var report = new VerificationReport(List.of(VerificationReport.Entry.of(
                new Judgement(DEFINITION, List.of(DEFINITION.name())),
                new Verification(DEFINITION.name(), 8, found, Optional.of("bad")))));
        String none = "{\"rows\":0,\"keys\":[]}";

        assertThat(report.toJson())
                .isEqualTo("{\"verified\":false,\"backfills\":[{\"name\":\"pipeline_run.created_by\","
                        + "\"judges\":[\"pipeline_run.created_by\"],\"verified\":false,\"sourceRows\":8,"
                        + "\"exact\":{\"rows\":7,\"keys\":[]},\"truncated\":" + none + ",\"empty\":" + none
                        + ",\"other\":" + none + ",\"respelled\":" + none + ",\"refused\":" + none + ",\"orphan\":"
                        + none
                        + ",\"duplicate\":" + none + ",\"missing\":{\"rows\":1,\"keys\":[\"a\"]},"
                        + "\"refusal\":\"bad\",\"problem\":null}]}\n");
    }

    @Test
    void values_that_differ_are_told_of_also_where_nothing_fails() {
        var found = Map.of(Finding.OTHER, new Verification.Found(1200, List.of("a", "b")));
        var report = new VerificationReport(List.of(VerificationReport.Entry.of(
                new Judgement(DEFINITION, List.of("partial", DEFINITION.name())),
                new Verification(DEFINITION.name(), 1200, found, Optional.empty()))));

        assertThat(report.holds()).isTrue();
        assertThat(report.toTable()).endsWith("""
                        pipeline_run.created_by: it judges the rows of partial too
                        pipeline_run.created_by: other, the first: a, b
                        No row is missing or double. 1,200 rows differ from their source and are left alone: existing \
                        rows are never changed.
                        """);
    }

    @Test
    void nothing_is_said_of_values_that_were_not_judged_but_how_many_they_are() {
        var found = Map.of(
                Finding.EXACT, new Verification.Found(1, List.of()),
                Finding.REFUSED, new Verification.Found(1100, List.of("a")));
        var report = new VerificationReport(List.of(VerificationReport.Entry.of(
                new Judgement(DEFINITION, List.of(DEFINITION.name())),
                new Verification(DEFINITION.name(), 1101, found, Optional.of("bad")))));

        assertThat(report.verdict())
                .isEqualTo("No row is missing or double. No value that was judged differs from its source. Not judged, "
                        + "because the database refuses to compute their value: 1,100.");
    }
}
