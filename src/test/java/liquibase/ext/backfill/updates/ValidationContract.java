package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.EmbeddedLiquibase.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.EmbeddedLiquibase.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a backfill is found before anything runs, and the message has the mend. */
abstract class ValidationContract extends UpdateContract {
    private static final Pattern MEND = Pattern.compile("add it with: (.*?)\\. Nothing was changed");

    private final String online;

    /** @param online what makes this database add an index while the table is in use */
    ValidationContract(TestDatabase product, String online) {
        super(product);
        this.online = online;
    }

    private Outcome validate(String changelog) throws Exception {
        return validate(changelog, Map.of());
    }

    private Outcome validate(String changelog, Map<String, Object> settings) throws Exception {
        Map<String, Object> on =
                Map.of("url", database.url(), "username", database.user(), "password", database.password());
        return EmbeddedLiquibase.run("validate", changelog, on, settings);
    }

    @ParameterizedTest
    @CsvSource({
        "changelogs/unsafe-backfill.yaml, unsafe",
        "changelogs/unsafe-custom-change.yaml, pipeline_run.created_by"
    })
    void an_unsafe_changeset_is_refused_by_validate_and_by_an_update_that_then_changes_nothing(
            String changelog, String backfill) throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));

        for (Outcome outcome : new Outcome[] {validate(changelog), liquibase().update(changelog)}) {
            assertThat(outcome.failure())
                    .contains(
                            "backfill " + backfill
                                    + " is in a changeset with runInTransaction: true: set it to false, because a backfill commits by itself",
                            "backfill " + backfill + " is in a changeset without runAlways: true: set it",
                            "backfill " + backfill + " has a guard with onFail: MARK_RAN",
                            "use onFail: CONTINUE",
                            "backfill " + backfill + " has a guard with onError: MARK_RAN",
                            "use onError: WARN",
                            changelog + "::unsafe::test");
        }
        assertThat(runs.annotations()).isEmpty();
        assertThat(runs.recorded()).isEmpty();
    }

    @Test
    void validate_finds_a_missing_column_and_every_backfill_that_needs_it() throws Exception {
        runs.createTables();
        runs.execute("ALTER TABLE pipeline_run RENAME COLUMN extra_data TO more_data");

        Outcome outcome = validate(BACKFILLS);

        assertThat(outcome.failure())
                .contains("Validation failed: backfill pipeline_run.name/extra_data cannot run on")
                .contains("backfill pipeline_run.name/component_spec cannot run on")
                .contains("column extra_data of table pipeline_run is missing")
                .doesNotContain("backfill pipeline_run.created_by cannot run");
        assertThat(runs.recorded()).isEmpty();
    }

    @Test
    void validate_finds_a_missing_unique_constraint_and_its_mend_mends_it() throws Exception {
        runs.createTables();
        runs.dropIdentity();

        String refusal = validate(BACKFILLS).failure();

        assertThat(refusal)
                .contains(
                        "table pipeline_run_annotation has no primary key or unique constraint over "
                                + "(pipeline_run_id, key): without it a backfill that meets a writer makes doubles; remove what is double, then add it with: ");
        Matcher mend = MEND.matcher(refusal);
        assertThat(mend.find()).isTrue();
        assertThat(mend.group(1)).contains(online);
        runs.execute(mend.group(1));
        assertThat(validate(BACKFILLS).failure()).isEmpty();
    }

    @Test
    void validate_does_not_fail_of_what_a_changeset_that_has_not_run_yet_may_bring() throws Exception {
        Outcome outcome = validate(MASTER);

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.said())
                .contains("As the database is now, before changesets that have not run yet: backfill "
                        + "pipeline_run.created_by cannot run on")
                .contains("table pipeline_run is missing");
        liquibase().update(MASTER);
        assertThat(validate(MASTER).said()).doesNotContain("cannot run");
    }

    @Test
    void validate_fails_of_what_no_changeset_before_the_backfill_may_bring() throws Exception {
        Outcome outcome = validate("changelogs/pending-after-backfills.yaml");

        assertThat(outcome.failure())
                .contains("Validation failed: backfill pipeline_run.created_by cannot run on")
                .contains("table pipeline_run is missing");
        assertThat(outcome.said()).doesNotContain("before changesets that have not run yet");
    }

    @Tag("since-liquibase-5.0.4") // before 5, Liquibase itself cannot read such a changelog
    @Test
    void validate_leaves_it_to_liquibase_to_judge_a_class_that_is_gone() throws Exception {
        runs.createTables();

        assertThat(validate("commands/class-long-gone.yaml").failure()).isEmpty();
        assertThat(validate("commands/no-such-class.yaml").failure()).isEmpty();
    }

    @Test
    void validate_does_not_look_at_the_database_for_backfills_that_are_switched_off() throws Exception {
        assertThat(validate(BACKFILLS).failure()).contains("table pipeline_run is missing");
        assertThat(validate(BACKFILLS, Map.of("liquibase.backfill.mode", "skip"))
                        .failure())
                .isEmpty();
    }

    @Test
    void validate_reports_where_failures_are_reported() throws Exception {
        Outcome outcome = validate(BACKFILLS, Map.of("liquibase.backfill.onFailure", "report"));

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.said())
                .contains("table pipeline_run is missing")
                .contains("The validation goes on, because liquibase.backfill.onFailure is report.");
        assertThat(outcome.logged()).contains("SEVERE").contains("table pipeline_run is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "updateSql"})
    void other_commands_are_not_refused_for_what_the_database_lacks(String command) throws Exception {
        Map<String, Object> on =
                Map.of("url", database.url(), "username", database.user(), "password", database.password());

        assertThat(EmbeddedLiquibase.run(command, BACKFILLS, on, Map.of()).failure())
                .isEmpty();
    }
}
