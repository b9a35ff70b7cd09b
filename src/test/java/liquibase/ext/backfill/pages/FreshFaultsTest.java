package liquibase.ext.backfill.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import liquibase.ext.backfill.faults.FaultReport;
import liquibase.ext.backfill.faults.FaultReport.Entry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs after the fault suite: what it has just found does not contradict what is published. */
@Tag("faults")
class FreshFaultsTest {
    private static FaultReport published;
    private static FaultReport fresh;

    @BeforeAll
    static void read() throws IOException {
        published = FaultReport.read(FaultReport.PUBLISHED);
        assertThat(FaultReport.FRESH)
                .as("the fault suite's report: run it first")
                .exists();
        fresh = FaultReport.read(FaultReport.FRESH);
    }

    /** Of the databases that the suite was run on. */
    private static Stream<Entry> published() {
        return published.entries().stream().filter(entry -> fresh.databases().contains(entry.database()));
    }

    private static List<String> names(Stream<Entry> entries) {
        return entries.map(entry -> entry.fault() + " on " + entry.database()).toList();
    }

    @Test
    void the_suite_still_does_what_is_published_and_nothing_else() {
        assertThat(names(fresh.entries().stream())).containsExactlyInAnyOrderElementsOf(names(published()));
    }

    @Test
    void it_lost_nothing_and_doubled_nothing() {
        assertThat(fresh.entries()).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.balance().lost()).isZero();
            assertThat(entry.balance().doubled()).isZero();
        });
    }

    @Test
    void with_the_published_seed_it_did_everything_as_often_as_is_published() {
        assumeTrue(
                fresh.seed() == published.seed() && fresh.rounds() == published.rounds(),
                "another seed, or more rounds");

        assertThat(published()).allSatisfy(entry -> assertThat(fresh.of(entry.fault(), entry.database()))
                .hasValueSatisfying(found -> assertThat(found.times()).isEqualTo(entry.times())));
    }
}
