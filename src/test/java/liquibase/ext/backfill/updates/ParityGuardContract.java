package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.PipelineRuns.CREATED_BY;
import static liquibase.ext.backfill.updates.PipelineRuns.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.EmbeddedLiquibase.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * When the guard of a changeset lets its backfill run: a table of cases, looked at for {@code created_by}. A changeset
 * that its guard kept from running is not recorded.
 */
abstract class ParityGuardContract extends UpdateContract {
    private static final String GUARDED = "pipeline-run-created-by";

    ParityGuardContract(TestDatabase product) {
        super(product);
    }

    enum Case {
        NO_RUNS(false) {
            @Override
            void prepare(PipelineRuns runs) {}
        },
        RUNS_WITHOUT_ANY_ANNOTATION(true) {
            @Override
            void prepare(PipelineRuns runs) throws SQLException {
                runs.add(Run.bare("a"), Run.bare("b"), Run.bare("c"));
            }
        },
        UNRELATED_ANNOTATIONS_ONLY(true) {
            @Override
            void prepare(PipelineRuns runs) throws SQLException {
                runs.add(Run.bare("a"), Run.bare("b"));
                runs.annotate("a", "team", "search");
                runs.annotate("b", "system/pipeline_run.created_by.old", "somebody");
            }
        },
        THE_OTHER_SYSTEM_KEY_ONLY(true) {
            @Override
            void prepare(PipelineRuns runs) throws SQLException {
                runs.add(Run.bare("a"), Run.bare("b"));
                runs.annotate("a", NAME, "one");
                runs.annotate("b", NAME, "two");
            }
        },
        ONE_OF_THREE_ANNOTATED(true) {
            @Override
            void prepare(PipelineRuns runs) throws SQLException {
                runs.add(Run.bare("a"), Run.bare("b"), Run.bare("c"));
                runs.annotate("b", CREATED_BY, "bob");
            }
        },
        ALL_BUT_ONE_ANNOTATED(true) {
            @Override
            void prepare(PipelineRuns runs) throws SQLException {
                runs.add(Run.bare("a"), Run.bare("b"), Run.bare("c"));
                runs.annotate("a", CREATED_BY, "alice");
                runs.annotate("c", CREATED_BY, "carol");
            }
        },
        ALL_ANNOTATED(false) {
            @Override
            void prepare(PipelineRuns runs) throws SQLException {
                runs.add(Run.bare("a"), Run.bare("b"));
                runs.annotate("a", CREATED_BY, "alice");
                runs.annotate("b", CREATED_BY, "");
            }
        },
        ALL_ANNOTATED_ONE_WITH_NULL(false) {
            @Override
            void prepare(PipelineRuns runs) throws SQLException {
                runs.add(Run.bare("a"), Run.bare("b"));
                runs.annotate("a", CREATED_BY, "alice");
                runs.annotate("b", CREATED_BY, null);
            }
        },
        ORPHANS_MAKE_THE_COUNTS_EQUAL(true) {
            @Override
            void prepare(PipelineRuns runs) throws SQLException {
                runs.add(Run.bare("a"), Run.bare("b"));
                runs.annotate("a", CREATED_BY, "alice");
                runs.annotate("gone", CREATED_BY, "the run was deleted");
            }
        },
        MORE_ORPHANS_THAN_RUNS(false) {
            @Override
            void prepare(PipelineRuns runs) throws SQLException {
                runs.add(Run.bare("a"));
                runs.annotate("a", CREATED_BY, "alice");
                runs.annotate("gone", CREATED_BY, "the run was deleted");
                runs.annotate("also gone", CREATED_BY, "the run was deleted");
            }
        };

        private final boolean runs;

        Case(boolean runs) {
            this.runs = runs;
        }

        abstract void prepare(PipelineRuns runs) throws SQLException;
    }

    @ParameterizedTest
    @EnumSource
    void the_backfill_runs_exactly_where_a_run_lacks_its_annotation(Case given) throws Exception {
        runs.createTables();
        given.prepare(runs);
        var before = runs.annotations();

        Outcome outcome = liquibase().update(BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        assertThat(runs.recorded().contains(GUARDED)).isEqualTo(given.runs);
        assertThat(outcome.said().contains("Backfill pipeline_run.created_by")).isEqualTo(given.runs);
        assertThat(runs.annotations()).containsAllEntriesOf(before);
        assertThat(liquibase().update(BACKFILLS).said()).doesNotContain("Backfill");
    }

    /** On a table without the unique constraint: there the backfill is refused, and not passed over in silence. */
    @Test
    void a_double_annotation_does_not_make_up_for_one_that_is_missing() throws Exception {
        runs.createTables();
        runs.dropIdentity();
        runs.add(Run.bare("a"), Run.bare("b"));
        runs.annotate("a", CREATED_BY, "alice");
        runs.annotate("a", CREATED_BY, "alice again");

        Outcome outcome = liquibase().update(BACKFILLS);

        assertThat(outcome.failure()).contains("has no primary key or unique constraint over (pipeline_run_id, key)");
    }

    /**
     * Which keys are the same, the database decides, for the guard as for the table's primary key. Where its collation
     * ignores case, as MySQL's and MariaDB's default ones do, a run that has the key in other letters can have no
     * second row, and a search by the key finds the one that it has.
     */
    @Test
    void a_key_in_other_letters_counts_where_the_database_takes_it_for_the_same_key() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));
        runs.annotate("a", "System/Pipeline_Run.Created_By", "alice");

        Outcome outcome = liquibase().update(BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        boolean sameKey = product == TestDatabase.MYSQL || product == TestDatabase.MARIADB;
        assertThat(runs.recorded().contains(GUARDED)).isEqualTo(!sameKey);
        assertThat(runs.annotations()).containsEntry("a/System/Pipeline_Run.Created_By", "alice");
        assertThat(runs.annotations().containsKey("a/" + CREATED_BY)).isEqualTo(!sameKey);
    }
}
