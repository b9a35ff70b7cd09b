package liquibase.ext.backfill.commands;

import static liquibase.ext.backfill.commands.Runs.CREATED_BY;
import static liquibase.ext.backfill.commands.Runs.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import liquibase.ext.backfill.engine.BackfillInspection;
import liquibase.ext.backfill.engine.Finding;
import liquibase.ext.backfill.engine.Verification;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.PipelineTables.Annotation;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the commands promise on every database. */
abstract class CommandsContract extends RunsContract {
    private static final String CREATOR = "pipeline_run.created_by";
    private static final String NAME_TOTAL = "pipeline_run.name/component_spec";
    private static final String NAME_PARTIAL = "pipeline_run.name/extra_data";
    private static final Set<String> OWN_TABLES = Set.of("EXECUTION_NODE", "PIPELINE_RUN", "PIPELINE_RUN_ANNOTATION");
    private static final Set<String> AND_CHECKPOINTS =
            Set.of("EXECUTION_NODE", "PIPELINE_RUN", "PIPELINE_RUN_ANNOTATION", "DATABASECHANGELOGBACKFILL");

    CommandsContract(TestDatabase product) {
        super(product);
    }

    private Outcome status() throws Exception {
        return Outcome.of("backfillStatus", database, Map.of("format", "json"));
    }

    private Outcome run() throws Exception {
        return Outcome.of("backfillRun", database, Map.of());
    }

    private Outcome run(Map<String, Object> settings) throws Exception {
        return Outcome.of("backfillRun", database, Map.of(), settings);
    }

    private Outcome verify() throws Exception {
        return verify(Map.of());
    }

    private Outcome verify(Map<String, Object> settings) throws Exception {
        return Outcome.of("backfillVerify", database, Map.of("format", "json"), settings);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> found(Outcome outcome, String backfill, String finding) {
        return (Map<String, Object>) outcome.backfill(backfill).get(finding);
    }

    private void addThree() throws Exception {
        runs.add("a", "alice", "{\"pipeline_name\": \"train\"}");
        runs.add("b", null, null);
        runs.add("c", "carol", "{}");
    }

    @Test
    void status_of_what_never_ran_counts_the_missing_rows_and_gates_a_deploy() throws Exception {
        addThree();
        runs.annotate("a", CREATED_BY, "alice");

        Outcome status = status();

        assertThat(status.code()).isEqualTo(3);
        assertThat(status.message())
                .contains("Parity does not hold for " + CREATOR + " (2 missing), " + NAME_TOTAL + " (3 missing)");
        assertThat(status.backfill(CREATOR))
                .containsEntry("state", "new")
                .containsEntry("coverage", "total")
                .containsEntry("parity", false)
                .containsEntry("sourceRows", 3)
                .containsEntry("missing", 2)
                .containsEntry("progressPercent", null);
        assertThat(status.backfill(NAME_PARTIAL))
                .containsEntry("coverage", "partial")
                .containsEntry("parity", null)
                .containsEntry("missing", 1);
    }

    @Test
    void no_command_that_looks_creates_a_table() throws Exception {
        addThree();

        status();
        verify();

        assertThat(runs.tables()).isEqualTo(OWN_TABLES);
    }

    @Test
    void run_reaches_parity_without_any_of_liquibases_own_tables_and_so_without_its_lock() throws Exception {
        addThree();

        Outcome run = run();

        assertThat(run.message()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(runs.tables()).isEqualTo(AND_CHECKPOINTS);
        assertThat(runs.annotations())
                .containsExactlyInAnyOrder(
                        new Annotation("a", CREATED_BY, "alice"),
                        new Annotation("a", NAME, "train"),
                        new Annotation("b", CREATED_BY, ""),
                        new Annotation("b", NAME, ""),
                        new Annotation("c", CREATED_BY, "carol"),
                        new Annotation("c", NAME, ""));
        assertThat(run.output().lines().map(line -> line.replaceAll(" +", " ").replaceAll("[0-9.]+$", "<time>")))
                .containsExactly(
                        "BACKFILL OUTCOME INSERTED TRUNCATED REFUSED SECONDS",
                        CREATOR + " completed 3 0 0 <time>",
                        NAME_PARTIAL + " completed 1 0 0 <time>",
                        NAME_TOTAL + " completed 2 0 0 <time>");
        assertThat(verify().code()).isZero();
    }

    @Test
    void status_of_what_is_done_tells_counts_and_lets_a_deploy_pass() throws Exception {
        addThree();
        run();

        Outcome status = status();

        assertThat(status.code()).isZero();
        assertThat(status.backfill(CREATOR))
                .containsEntry("state", "complete")
                .containsEntry("parity", true)
                .containsEntry("missing", 0)
                .containsEntry("progressPercent", 100.0)
                .containsEntry("scanned", 3)
                .containsEntry("inserted", 3)
                .containsEntry("lastError", null)
                .containsEntry("definitionChanged", false);
        assertThat((Double) status.backfill(CREATOR).get("rowsPerSecond")).isPositive();
    }

    @Test
    void status_sees_a_row_that_was_lost_after_a_complete_run() throws Exception {
        addThree();
        run();
        runs.removeAnnotation("b", NAME);

        Outcome status = status();

        assertThat(status.code()).isEqualTo(3);
        assertThat(status.backfill(NAME_TOTAL))
                .containsEntry("state", "complete")
                .containsEntry("parity", false)
                .containsEntry("missing", 1);
        assertThat(status.backfill(CREATOR)).containsEntry("parity", true);
    }

    @Test
    void status_says_what_is_wrong_where_a_table_is_missing_and_keeps_the_gate_shut() throws Exception {
        runs.execute("DROP TABLE pipeline_run_annotation");

        Outcome status = status();

        assertThat(status.code()).isEqualTo(3);
        assertThat(status.message()).contains("could not be looked at for " + CREATOR);
        assertThat(status.backfill(CREATOR).get("problem"))
                .asString()
                .contains("table pipeline_run_annotation is missing");
    }

    @Test
    void status_tells_where_a_run_that_failed_stands_and_of_what_it_failed() throws Exception {
        addThree();
        Outcome failed = run(Map.of("liquibase.backfill.throttleQuery", "SELECT lag FROM no_such_table"));

        Outcome status = status();

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.message())
                .contains("backfill " + CREATOR + " failed on")
                .contains("no_such_table");
        assertThat(status.backfill(CREATOR)).containsEntry("state", "failed");
        assertThat(status.backfill(CREATOR).get("lastError")).asString().contains("no_such_table");
        assertThat(status.backfill(NAME_TOTAL)).containsEntry("state", "new");
    }

    @Test
    void the_status_table_reads_as_a_table() throws Exception {
        addThree();
        run();
        runs.removeAnnotation("b", NAME);

        Outcome status = Outcome.of("backfillStatus", database, Map.of());

        assertThat(status.output().lines().map(line -> line.replaceAll(" +", " ")
                        .replaceAll("[0-9,]+$", "<rate>")))
                .containsExactly(
                        "BACKFILL STATE PARITY MISSING PROGRESS INSERTED ROWS/S",
                        CREATOR + " complete holds 0 100.0% 3 <rate>",
                        NAME_PARTIAL + " complete partial 0 100.0% 1 <rate>",
                        NAME_TOTAL + " complete broken 1 100.0% 2 <rate>",
                        NAME_TOTAL
                                + ": complete once; the 1 missing rows were deleted since, or their source rows came "
                                + "without them",
                        "Parity does not hold for " + NAME_TOTAL
                                + " (1 missing): run `liquibase backfill-run` or `liquibase update`.");
    }

    @Test
    void run_of_one_backfill_leaves_the_others_alone() throws Exception {
        addThree();

        Outcome run = Outcome.of("backfillRun", database, Map.of("backfill", CREATOR));

        assertThat(run.code()).isZero();
        assertThat(runs.count(CREATED_BY)).isEqualTo(3);
        assertThat(runs.count(NAME)).isZero();
    }

    @Test
    void status_and_verify_of_one_backfill_look_at_no_other() throws Exception {
        addThree();
        run();
        runs.removeAnnotation("a", CREATED_BY);

        Outcome status = Outcome.of("backfillStatus", database, Map.of("backfill", NAME_TOTAL, "format", "json"));
        Outcome verify = Outcome.of("backfillVerify", database, Map.of("backfill", NAME_PARTIAL, "format", "json"));

        assertThat(status.code()).isZero();
        assertThat(status.backfills())
                .extracting(backfill -> backfill.get("name"))
                .containsExactly(NAME_TOTAL);
        assertThat(verify.code()).isZero();
        assertThat(verify.backfills())
                .extracting(backfill -> backfill.get("name"))
                .containsExactly(NAME_TOTAL);
    }

    @Test
    void the_name_of_a_backfill_that_is_not_there_is_refused_with_those_that_are() throws Exception {
        for (String command : List.of("backfillStatus", "backfillRun", "backfillVerify")) {
            Outcome outcome = Outcome.of(command, database, Map.of("backfill", "typo"));

            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.message())
                    .contains("the changelog has no backfill \"typo\": use one of "
                            + String.join(", ", CREATOR, NAME_PARTIAL, NAME_TOTAL));
        }
        assertThat(runs.tables()).isEqualTo(OWN_TABLES);
    }

    @Test
    void run_obeys_mode_skip() throws Exception {
        addThree();

        Outcome run = run(Map.of("liquibase.backfill.mode", "skip"));

        assertThat(run.code()).isZero();
        assertThat(run.output()).isEmpty();
        assertThat(runs.annotations()).isEmpty();
    }

    @Test
    void with_on_failure_report_a_failure_does_not_keep_the_next_from_running_and_still_fails_the_command()
            throws Exception {
        addThree();
        runs.execute("ALTER TABLE pipeline_run RENAME COLUMN created_by TO creator");

        Outcome fail = run(Map.of("liquibase.backfill.onFailure", "fail"));
        long namesAfterFail = runs.count(NAME);
        Outcome report = run(Map.of("liquibase.backfill.onFailure", "report"));

        assertThat(fail.code()).isEqualTo(1);
        assertThat(namesAfterFail).isZero();
        assertThat(report.code()).isEqualTo(1);
        assertThat(report.message()).contains("column created_by of table pipeline_run is missing");
        assertThat(runs.count(NAME)).isEqualTo(3);
    }

    @Test
    void an_interrupted_run_stops_at_a_chunks_end_with_its_own_exit_code_and_a_later_one_goes_on() throws Exception {
        addThree();
        Thread.currentThread().interrupt();
        Outcome stopped;
        boolean stillInterrupted;
        try {
            stopped = run();
        } finally {
            stillInterrupted = Thread.interrupted();
        }

        assertThat(stillInterrupted).isTrue();
        assertThat(stopped.code()).isEqualTo(5);
        assertThat(stopped.message())
                .contains("Stopped before it was done: " + CREATOR + ", because it was told to end")
                .contains("A later run goes on there.");
        assertThat(run().code()).isZero();
        assertThat(status().code()).isZero();
    }

    @Test
    void a_time_box_counts_from_the_begin_of_the_command() throws Exception {
        addThree();

        Outcome used = run(Map.of("liquibase.backfill.timeBox", "0s"));
        Outcome left = run(Map.of("liquibase.backfill.timeBox", "1h"));

        assertThat(used.code()).isEqualTo(5);
        assertThat(used.message()).contains("its time box is used up");
        assertThat(left.code()).isZero();
    }

    @Test
    void verify_tells_all_kinds_of_rows_apart() throws Exception {
        runs.add("exact", "alice", null);
        runs.add("exact-nothing", null, null);
        runs.add("truncated", "😀".repeat(256), null);
        runs.add("barely-fits", "😀".repeat(255), null);
        runs.add("empty", "bob", null);
        runs.add("null", "bob", null);
        runs.add("other", "carol", null);
        runs.add("case", "Carol", null);
        runs.add("blank", "carol", null);
        runs.add("missing", "dora", null);
        runs.annotate("exact", CREATED_BY, "alice");
        runs.annotate("exact-nothing", CREATED_BY, "");
        runs.annotate("truncated", CREATED_BY, "😀".repeat(255));
        runs.annotate("barely-fits", CREATED_BY, "😀".repeat(255));
        runs.annotate("empty", CREATED_BY, "");
        runs.annotate("null", CREATED_BY, null);
        runs.annotate("other", CREATED_BY, "somebody else");
        runs.annotate("case", CREATED_BY, "carol");
        runs.annotate("blank", CREATED_BY, "carol ");
        runs.annotate("gone", CREATED_BY, "alice");
        runs.annotate("gone", "team", "of no interest");

        Outcome verify = verify();

        assertThat(verify.code()).isEqualTo(4);
        assertThat(verify.message()).contains(CREATOR + " has 1 missing and 0 double");
        assertThat(verify.backfill(CREATOR)).containsEntry("sourceRows", 10).containsEntry("verified", false);
        assertThat(found(verify, CREATOR, "exact")).isEqualTo(Map.of("rows", 3, "keys", List.of()));
        assertThat(found(verify, CREATOR, "truncated")).isEqualTo(Map.of("rows", 1, "keys", List.of("truncated")));
        assertThat(found(verify, CREATOR, "empty")).isEqualTo(Map.of("rows", 2, "keys", List.of("empty", "null")));
        assertThat(found(verify, CREATOR, "other"))
                .isEqualTo(Map.of("rows", 3, "keys", List.of("blank", "case", "other")));
        assertThat(found(verify, CREATOR, "orphan")).isEqualTo(Map.of("rows", 1, "keys", List.of("gone")));
        assertThat(found(verify, CREATOR, "missing")).isEqualTo(Map.of("rows", 1, "keys", List.of("missing")));
        assertThat(found(verify, CREATOR, "duplicate")).isEqualTo(Map.of("rows", 0, "keys", List.of()));
    }

    @Test
    void drift_and_orphans_are_reported_and_fail_nothing() throws Exception {
        addThree();
        run();
        runs.setCreatedBy("b", "bob");
        runs.removeRun("c");
        Set<Annotation> before = runs.annotations();

        Outcome verify = verify();

        assertThat(verify.code()).isZero();
        assertThat(found(verify, CREATOR, "empty")).isEqualTo(Map.of("rows", 1, "keys", List.of("b")));
        assertThat(found(verify, CREATOR, "orphan")).isEqualTo(Map.of("rows", 1, "keys", List.of("c")));
        assertThat(runs.annotations()).isEqualTo(before);
    }

    @Test
    void doubles_are_found_where_the_unique_constraint_was_lost() throws Exception {
        addThree();
        run();
        runs.dropIdentity();
        runs.annotate("b", CREATED_BY, "a second one");

        Outcome verify = verify();

        assertThat(verify.code()).isEqualTo(4);
        assertThat(verify.message()).contains(CREATOR + " has 0 missing and 1 double");
        assertThat(found(verify, CREATOR, "duplicate")).isEqualTo(Map.of("rows", 1, "keys", List.of("b")));
    }

    @Test
    void a_key_that_is_spelled_otherwise_is_told_from_one_that_is_missing() throws Exception {
        addThree();
        run();
        runs.removeAnnotation("a", CREATED_BY);
        runs.annotate("a", CREATED_BY.toUpperCase(Locale.ROOT), "alice");

        Outcome verify = verify();

        boolean takenForTheSame = runs.isMySql();
        assertThat(verify.code()).isEqualTo(takenForTheSame ? 0 : 4);
        assertThat(found(verify, CREATOR, takenForTheSame ? "respelled" : "missing"))
                .isEqualTo(Map.of("rows", 1, "keys", List.of("a")));
    }

    @Test
    void the_rows_of_a_key_are_judged_once_and_by_the_total_backfill() throws Exception {
        addThree();
        run();

        Outcome verify = verify();

        assertThat(verify.backfills())
                .extracting(backfill -> backfill.get("name"), backfill -> backfill.get("judges"))
                .containsExactly(
                        tuple(CREATOR, List.of(CREATOR)), tuple(NAME_TOTAL, List.of(NAME_PARTIAL, NAME_TOTAL)));
    }

    @Test
    void findings_are_the_same_whatever_the_size_of_a_chunk_and_show_five_keys_each() throws Exception {
        Map<String, Integer> expected = addAtRandom(new Random(5), 300);

        Outcome small = verify(Map.of("liquibase.backfill.chunkSize", "7"));
        Outcome large = verify(Map.of("liquibase.backfill.chunkSize", "1000"));

        for (Map.Entry<String, Integer> finding : expected.entrySet()) {
            Map<String, Object> found = found(small, CREATOR, finding.getKey());
            assertThat(found).containsEntry("rows", finding.getValue());
            assertThat((List<?>) found.get("keys")).hasSize(finding.getKey().equals("exact") ? 0 : 5);
            assertThat(found(large, CREATOR, finding.getKey())).isEqualTo(found);
        }
    }

    /** Rows of every kind with random keys; returns how many of each. */
    private Map<String, Integer> addAtRandom(Random random, int rows) throws Exception {
        List<String> kinds = List.of("exact", "empty", "other", "missing", "orphan");
        Map<String, Integer> expected = new HashMap<>();
        for (String id : randomIds(random, rows)) {
            String kind = kinds.get(random.nextInt(kinds.size()));
            expected.merge(kind, 1, Integer::sum);
            if (!kind.equals("orphan")) {
                runs.add(id, "alice", null);
            }
            if (!kind.equals("missing")) {
                runs.annotate(id, CREATED_BY, kind.equals("empty") ? "" : kind.equals("other") ? "bob" : "alice");
            }
        }
        return expected;
    }

    private static List<String> randomIds(Random random, int rows) {
        return new ArrayList<>(random.ints(0, Integer.MAX_VALUE)
                .mapToObj(number -> Integer.toString(number, 36))
                .distinct()
                .limit(rows)
                .toList());
    }

    @Test
    void what_the_database_refuses_to_compute_is_counted_and_named_with_the_reason() throws Exception {
        drop();
        create(product == TestDatabase.POSTGRESQL ? "text" : "longtext");
        List<String> ids = randomIds(new Random(7), 40);
        for (String id : ids) {
            runs.add(id, "alice", "{\"pipeline_name\": \"train\"}");
        }
        String bad = ids.get(17);
        String alsoMissing = ids.get(29);
        runs.execute("UPDATE pipeline_run SET extra_data = '{\"pipeline_name' WHERE id IN ('%s', '%s')"
                .formatted(bad, alsoMissing));
        assertThat(run().message()).isEmpty();
        runs.removeAnnotation(alsoMissing, NAME);

        Outcome verify = verify();

        boolean refuses = product == TestDatabase.POSTGRESQL || product == TestDatabase.MYSQL;
        assertThat(verify.code()).isEqualTo(4);
        assertThat(verify.backfill(NAME_TOTAL)).containsEntry("sourceRows", 40);
        assertThat(found(verify, NAME_TOTAL, "missing")).isEqualTo(Map.of("rows", 1, "keys", List.of(alsoMissing)));
        assertThat(found(verify, NAME_TOTAL, "refused"))
                .isEqualTo(refuses ? Map.of("rows", 1, "keys", List.of(bad)) : Map.of("rows", 0, "keys", List.of()));
        assertThat(verify.backfill(NAME_TOTAL).get("refusal") != null).isEqualTo(refuses);

        try (Connection connection = database.connect()) {
            Verification partial = BackfillInspection.on(connection).verify(SystemAnnotations.nameFromExtraData());

            assertThat(partial.holds()).as("a row is owed only to a value").isTrue();
            assertThat(partial.of(Finding.REFUSED).rows()).isEqualTo(refuses ? 2 : 0);
        }

        runs.dropIdentity();
        runs.annotate(bad, NAME, "a second one");
        Outcome doubled = verify();

        assertThat(doubled.code()).isEqualTo(4);
        assertThat(found(doubled, NAME_TOTAL, "duplicate")).isEqualTo(Map.of("rows", 1, "keys", List.of(bad)));
    }

    @Test
    void verify_of_a_missing_table_fails_with_what_is_wrong() throws Exception {
        runs.execute("DROP TABLE execution_node");

        Outcome verify = verify();

        assertThat(verify.code()).isEqualTo(4);
        assertThat(verify.message()).contains(NAME_TOTAL + " could not be looked at");
        assertThat(verify.backfill(NAME_TOTAL).get("problem")).asString().contains("table execution_node is missing");
        assertThat(verify.backfill(CREATOR)).containsEntry("verified", true);
    }

    @Test
    void the_change_type_is_found_like_a_custom_change() throws Exception {
        addThree();
        Map<String, Object> changelog =
                Map.of("changelogFile", "liquibase-backfill/examples/db.changelog-backfill-type.yaml");

        Outcome run = Outcome.of("backfillRun", database, changelog);
        Outcome status = Outcome.of("backfillStatus", database, changelog);
        Outcome verify = Outcome.of("backfillVerify", database, changelog);

        assertThat(run.message()).isEmpty();
        assertThat(runs.count(CREATED_BY)).isEqualTo(3);
        assertThat(runs.count(NAME)).isEqualTo(3);
        assertThat(status.code()).isZero();
        assertThat(status.output()).contains("example/pipeline_run.created_by");
        assertThat(verify.code()).isZero();
        assertThat(verify.output()).contains("No row is missing or double. No value differs from its source.");
    }

    @Test
    void contexts_choose_changesets_as_in_an_update() throws Exception {
        addThree();
        Map<String, Object> changelog = Map.of("changelogFile", "commands/contexts.yaml");

        Outcome all = Outcome.of("backfillStatus", database, changelog);
        Outcome one = Outcome.of(
                "backfillStatus",
                database,
                Map.of("changelogFile", "commands/contexts.yaml", "contextFilter", "names"));
        Outcome none = Outcome.of(
                "backfillStatus",
                database,
                Map.of("changelogFile", "commands/contexts.yaml", "contextFilter", "other"));

        assertThat(all.output()).contains("in every context", "in the context of names");
        assertThat(one.output()).contains("in every context", "in the context of names");
        assertThat(none.output()).contains("in every context").doesNotContain("in the context of names");
    }

    @Test
    void two_backfills_of_one_name_are_refused_by_every_command() throws Exception {
        for (String command : List.of("backfillStatus", "backfillRun", "backfillVerify")) {
            Outcome outcome = Outcome.of(command, database, Map.of("changelogFile", "commands/same-name.yaml"));

            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.message())
                    .contains("commands/same-name.yaml::second::tests has a backfill with the name twice")
                    .contains("give each its own");
        }
        assertThat(runs.tables()).isEqualTo(OWN_TABLES);
    }

    @Test
    void what_is_all_or_nothing_in_an_update_is_so_in_a_run() throws Exception {
        addThree();
        Map<String, Object> changelog = Map.of("changelogFile", "commands/all-or-nothing.yaml");

        Outcome run = Outcome.of("backfillRun", database, changelog);

        assertThat(run.code()).isZero();
        assertThat(run.output()).contains(CREATOR, NAME_PARTIAL, NAME_TOTAL);
        assertThat(runs.count(CREATED_BY)).isEqualTo(3);
        assertThat(runs.count(NAME)).isEqualTo(3);
        assertThat(runs.tables()).isEqualTo(OWN_TABLES);
        assertThat(Outcome.of("backfillStatus", database, changelog).code()).isZero();
    }

    @Test
    void a_class_that_cannot_be_loaded_is_not_taken_for_a_healthy_changelog() throws Exception {
        Outcome status = Outcome.of("backfillStatus", database, Map.of("changelogFile", "commands/no-such-class.yaml"));

        assertThat(status.code()).isEqualTo(1);
        assertThat(status.message()).contains("commands/no-such-class.yaml", "com.example.NoSuchBackfill");
    }

    @Tag("since-liquibase-5.0.4") // before 5, Liquibase itself cannot read such a changelog
    @Test
    void a_class_that_ran_once_may_be_gone() throws Exception {
        addThree();
        Map<String, Object> changelog = Map.of("changelogFile", "commands/class-long-gone.yaml");

        Outcome run = Outcome.of("backfillRun", database, changelog);

        assertThat(run.message()).isEmpty();
        assertThat(runs.count(CREATED_BY)).isEqualTo(3);
        assertThat(Outcome.of("backfillStatus", database, changelog).code()).isZero();
        assertThat(Outcome.of("backfillVerify", database, changelog).code()).isZero();
    }

    @Test
    void a_format_that_is_not_known_is_refused() throws Exception {
        Outcome status = Outcome.of("backfillStatus", database, Map.of("format", "xml"));

        assertThat(status.code()).isEqualTo(1);
        assertThat(status.message()).contains("format is \"xml\": use table or json");
    }
}
