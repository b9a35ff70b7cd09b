package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** Where a session can be seen waiting for a row. */
abstract class ServerLeaseContract extends LeaseContract {
    ServerLeaseContract(TestDatabase product) {
        super(product);
    }

    @Test
    void a_claim_that_waits_for_a_long_chunk_heeds_the_sign_of_life_that_the_chunk_gives() throws Exception {
        assertThatClaimIsKept(sent -> sent.equals("commit"));
    }

    /** MySQL's clock stands still while a statement waits: to a claim that waits already that sign lies in the future. */
    @Test
    void a_claim_that_waits_already_heeds_the_sign_of_life_that_comes_later() throws Exception {
        assertThatClaimIsKept(Things::isInsertOfTags);
    }

    /** @param moment before which statement of the long chunk the other one comes */
    private void assertThatClaimIsKept(Predicate<String> moment) throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, 30);
        var second = new AtomicReference<Future<BackfillResult>>();
        BackfillEngine other = engine(
                chunksOf(10)
                        .timeouts(Duration.ofSeconds(20), Duration.ofSeconds(60))
                        .build(),
                BackfillListener.NONE,
                new HurriedTime());

        BackfillResult first = runWithLongChunk(things, moment, () -> {
            second.set(inBackground(() -> other.run(Things.TOTAL)));
            LockView.awaitWaitingSession(database, second.get());
        });

        assertThat(first.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(await(second.get()).outcome()).isEqualTo(Outcome.ALREADY_COMPLETE);
        things.assertParity();
    }

    @Test
    void a_claim_that_may_leave_does_so_where_a_long_chunk_holds_the_row_although_the_lease_is_over() throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, 30);
        var second = new AtomicReference<BackfillResult>();
        BackfillEngine other = engine(
                chunksOf(10)
                        .timeouts(Duration.ofMillis(100), Duration.ofSeconds(60))
                        .whenBusy(WhenBusy.LEAVE)
                        .build(),
                BackfillListener.NONE,
                new FakeTime());

        BackfillResult first = runWithLongChunk(things, () -> second.set(other.run(Things.TOTAL)));

        assertThat(second.get().outcome()).isEqualTo(Outcome.LEFT_TO_OTHER);
        assertThat(first.outcome()).isEqualTo(Outcome.COMPLETED);
        things.assertParity();
    }
}
