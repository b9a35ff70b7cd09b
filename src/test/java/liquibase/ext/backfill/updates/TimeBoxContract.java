package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static liquibase.ext.backfill.updates.PipelineRuns.inParity;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TimeZone;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.ext.backfill.updates.EmbeddedLiquibase.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time box is measured from the lock, whose moment the database wrote in a time zone of its own. */
abstract class TimeBoxContract extends UpdateContract {
    private final TimeZone before = TimeZone.getDefault();

    TimeBoxContract(TestDatabase product) {
        super(product);
    }

    @AfterEach
    void restore() {
        TimeZone.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Tokyo", "UTC", "America/New_York"})
    void it_is_neither_used_up_nor_endless_in_another_time_zone(String zone) throws Exception {
        List<Run> some = Run.some(5);
        runs.createTables();
        runs.add(some);
        TimeZone.setDefault(TimeZone.getTimeZone(zone));

        Outcome none = liquibase().with("liquibase.backfill.timeBox", "0s").update(BACKFILLS);

        assertThat(none.failure()).isEmpty();
        assertThat(none.said()).contains("because its time box is used up");
        assertThat(none.logged()).contains("is not complete: it stopped because its time box is used up");
        assertThat(runs.annotations()).isEmpty();

        Outcome enough = liquibase().with("liquibase.backfill.timeBox", "4m").update(BACKFILLS);

        assertThat(enough.failure()).isEmpty();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }

    /** On PostgreSQL Liquibase makes small letters of any name; elsewhere it takes the name as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"ChangelogLock", "changelog_lock", "CHANGELOG_LOCK"})
    void it_is_asked_of_the_lock_table_whatever_that_is_called(String table) throws Exception {
        List<Run> some = Run.some(2);
        runs.createTables();
        runs.add(some);

        Outcome outcome = liquibase()
                .with("liquibase.databaseChangelogLockTableName", table)
                .with("liquibase.backfill.timeBox", "4m")
                .update(BACKFILLS);

        assertThat(outcome.failure()).isEmpty();
        assertThat(runs.hasTable(table)).isTrue();
        assertThat(runs.annotations()).isEqualTo(inParity(some));
    }
}
