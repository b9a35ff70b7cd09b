package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.faults.Chance;
import liquibase.ext.backfill.faults.Seeded;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code kill -9} of a real process. */
@ExtendWith(Seeded.class)
abstract class KillContract extends EngineContract {
    private static final int ROWS = 1_200;
    private static final int CHUNK = 5;
    private static final int KILLS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    KillContract(TestDatabase product) {
        super(product);
    }

    @Test
    void a_backfill_that_is_killed_again_and_again_loses_nothing_doubles_nothing_and_scans_nothing_twice()
            throws Exception {
        Things things = things(Keys.RANDOM_TEXTS, ROWS);
        var random = Chance.of(getClass().getSimpleName());
        long chunksBefore = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = BackfillProcess.start(database, CHUNK, Duration.ofMillis(5));
            try {
                awaitChunks(things, process, chunksBefore + 1 + random.nextInt(20));
            } finally {
                process.destroyForcibly().waitFor();
            }
            chunksBefore = assertThatTheCheckpointIsTrue(things);
        }

        things.letTheLeaseEnd();
        BackfillResult last = engine(chunksOf(CHUNK).build(), BackfillListener.NONE, Time.system())
                .run(Things.TOTAL);

        assertThat(last.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(last.counts().scanned()).isLessThanOrEqualTo(ROWS - CHUNK * chunksBefore);
        assertThat(things.checkpoint().counts())
                .isEqualTo(new Checkpoint.Counts(
                        ROWS,
                        ROWS,
                        0,
                        ROWS / CHUNK,
                        things.checkpoint().counts().retries()));
        things.assertParity();
    }

    /** @return how many chunks were committed */
    private static long assertThatTheCheckpointIsTrue(Things things) throws SQLException {
        Checkpoint before;
        int tags;
        Checkpoint left;
        do { // A commit may have been on its way when the process died.
            before = things.checkpoint();
            tags = things.tags().size();
            left = things.checkpoint();
        } while (before.counts().chunks() != left.counts().chunks());
        assertThat(left.state()).as("it was killed at work").isEqualTo(CheckpointState.RUNNING);
        assertThat(left.counts().scanned()).isEqualTo(tags).isLessThan(ROWS);
        assertThat(left.counts().inserted()).isEqualTo(tags);
        return left.counts().chunks();
    }

    private void awaitChunks(Things things, Process process, long chunks) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (chunksDone(things) < chunks) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                fail(
                        "no %d chunks; it said: %s",
                        chunks, new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            Thread.sleep(5);
        }
    }

    private static long chunksDone(Things things) throws SQLException {
        return things.findCheckpoint().map(found -> found.counts().chunks()).orElse(0L);
    }
}
