package liquibase.ext.backfill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import liquibase.ext.backfill.commands.ForkedCommandLine.Ended;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.LiquibaseHome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the commands: exit codes, streams, signals. */
abstract class CommandLineContract extends RunsContract {
    private static final String CREATOR = "pipeline_run.created_by";

    @TempDir
    static Path folder;

    private static LiquibaseHome home;

    CommandLineContract(TestDatabase product) {
        super(product);
    }

    @BeforeAll
    static void layOutHome() throws Exception {
        home = LiquibaseHome.in(folder).withExtension();
    }

    private Ended call(String... optionsAndCommand) throws Exception {
        return ForkedCommandLine.start(home, database, optionsAndCommand).await();
    }

    @Test
    void help_lists_the_commands_with_what_they_do() throws Exception {
        Ended help = call("--help");

        assertThat(help.output().replaceAll("\\s+", " "))
                .contains(
                        "backfill-run Run the backfills of the changelog without holding the changelog lock; exit code 5")
                .contains("backfill-status Show where the backfills of the changelog stand; exit code 3")
                .contains("backfill-verify Compare every row that the backfills of the changelog owe with its source");
    }

    @Test
    void exit_codes_gate_a_deploy_and_json_alone_goes_to_standard_output() throws Exception {
        runs.add("a", "alice", null);

        Ended before = call("backfill-status", "--format=json");
        Ended unverified = call("backfill-verify", "--format=json");
        Ended run = call("backfill-run");
        Ended after = call("backfill-status", "--format=json");
        Ended verified = call("backfill-verify");

        assertThat(before.code()).isEqualTo(3);
        assertThat(before.output())
                .startsWith("{\"parity\":false,\"backfills\":[")
                .endsWith("]}\n")
                .hasLineCount(1);
        assertThat(before.said()).contains("Parity does not hold for " + CREATOR + " (1 missing)");
        assertThat(unverified.code()).isEqualTo(4);
        assertThat(unverified.output())
                .startsWith("{\"verified\":false,\"backfills\":[")
                .hasLineCount(1);
        assertThat(run.code()).isZero();
        assertThat(run.output()).startsWith("BACKFILL ").hasLineCount(4);
        assertThat(after.code()).isZero();
        assertThat(after.output()).startsWith("{\"parity\":true,");
        assertThat(verified.code()).isZero();
        assertThat(verified.output()).endsWith("No row is missing or double. No value differs from its source.\n");
    }

    @Test
    void validate_says_what_the_database_lacks_and_how_to_mend_it() throws Exception {
        Ended valid = call("validate");
        runs.execute("ALTER TABLE pipeline_run RENAME COLUMN created_by TO creator");

        Ended invalid = call("validate");

        assertThat(valid.code()).isZero();
        assertThat(invalid.code()).isEqualTo(1);
        assertThat(invalid.said())
                .contains("Validation failed: backfill " + CREATOR + " cannot run on")
                .contains("column created_by of table pipeline_run is missing");
    }

    @Test
    void a_run_that_its_time_box_stopped_ends_with_5() throws Exception {
        runs.add("a", "alice", null);

        Ended stopped = call("--backfill-time-box=0s", "backfill-run");

        assertThat(stopped.code()).isEqualTo(5);
        assertThat(stopped.said())
                .contains("Stopped before it was done: " + CREATOR + ", because its time box is used up");
    }

    @Test
    void sigterm_ends_a_run_at_a_chunks_end_and_the_next_goes_on_there() throws Exception {
        for (int i = 0; i < 300; i++) {
            runs.add(Integer.toString(i * 7919 % 1000 + 1000, 36) + i, "alice", null);
        }
        String heldAfterTheFirstChunk =
                "--backfill-throttle-query=SELECT CASE WHEN COUNT(*) >= 100 THEN 1 ELSE 0 END FROM pipeline_run_annotation";
        var held = ForkedCommandLine.start(
                home,
                database,
                "--backfill-chunk-size=100",
                heldAfterTheFirstChunk,
                "backfill-run",
                "--backfill=" + CREATOR);
        held.awaitSaying("waiting: the throttle query answers 1");
        Map<String, Object> during = status();

        held.terminate();
        Ended terminated = held.await();
        Map<String, Object> between = status();
        Ended resumed = call("backfill-run", "--backfill=" + CREATOR);
        Map<String, Object> after = status();

        assertThat(during)
                .containsEntry("state", "running")
                .containsEntry("scanned", 100)
                .containsEntry("left", 200);
        assertThat(terminated.code()).isEqualTo(143);
        assertThat(terminated.said())
                .contains("Backfill " + CREATOR + ": stopped after")
                .contains("because it was told to end");
        assertThat(terminated.output()).contains(CREATOR + "  stopped       100");
        assertThat(between)
                .containsEntry("state", "stopped")
                .containsEntry("scanned", 100)
                .containsEntry("left", 200)
                .containsEntry("progressPercent", 33.3)
                .containsEntry("inserted", 100)
                .containsEntry("missing", 200);
        assertThat(resumed.code()).isZero();
        assertThat(resumed.said()).contains("goes on after key");
        assertThat(after)
                .containsEntry("state", "complete")
                .containsEntry("scanned", 300)
                .containsEntry("inserted", 300)
                .containsEntry("parity", true);
    }

    private Map<String, Object> status() throws Exception {
        return Outcome.of("backfillStatus", database, Map.of("format", "json")).backfill(CREATOR);
    }
}
