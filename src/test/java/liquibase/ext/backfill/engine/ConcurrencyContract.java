package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Future;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several at work at the same rows for real: whoever meets whom, all end well. */
abstract class ConcurrencyContract extends EngineContract {
    private static final int ROWS = 200;
    private static final int NEW_ROWS = 60;

    ConcurrencyContract(TestDatabase product) {
        super(product);
    }

    private BackfillEngine engine(Isolation isolation, String checkpoints) throws SQLException {
        return new BackfillEngine(
                connect(),
                Schema.DEFAULT,
                new CheckpointTable(Schema.DEFAULT, checkpoints),
                chunksOf(7).isolation(isolation).attempts(100).build(),
                BackfillListener.NONE,
                new HurriedTime());
    }

    /** With checkpoints of their own, as of two Liquibases that do not know each other, nothing keeps them apart. */
    @ParameterizedTest
    @CsvSource({
        "RANDOM_TEXTS, SERIALIZABLE, SERIALIZABLE",
        "SEQUENTIAL_NUMBERS, SERIALIZABLE, READ_COMMITTED",
        "RANDOM_NUMBERS, READ_COMMITTED, READ_COMMITTED"
    })
    void two_backfills_at_once_end_in_parity(Keys keys, Isolation one, Isolation other) throws Exception {
        Things things = things(keys, ROWS);
        BackfillEngine first = engine(one, "DATABASECHANGELOGBACKFILL");
        BackfillEngine second = engine(other, "OTHERCHANGELOGBACKFILL");

        Future<BackfillResult> firsts = inBackground(() -> first.run(Things.TOTAL));
        BackfillResult seconds = second.run(Things.TOTAL);

        assertThat(await(firsts).counts().inserted() + seconds.counts().inserted())
                .isEqualTo(ROWS);
        assertThat(List.of(await(firsts).outcome(), seconds.outcome()))
                .isSubsetOf(Outcome.COMPLETED, Outcome.ALREADY_COMPLETE);
        things.assertParity();
    }

    @ParameterizedTest
    @CsvSource({"RANDOM_TEXTS, SERIALIZABLE", "SEQUENTIAL_NUMBERS, READ_COMMITTED"})
    void two_runners_of_the_same_backfill_do_its_work_once(Keys keys, Isolation isolation) throws Exception {
        Things things = things(keys, ROWS);
        BackfillEngine first = engine(isolation, "DATABASECHANGELOGBACKFILL");
        BackfillEngine second = engine(isolation, "DATABASECHANGELOGBACKFILL");

        Future<BackfillResult> firsts = inBackground(() -> first.run(Things.TOTAL));
        BackfillResult seconds = second.run(Things.TOTAL);

        assertThat(await(firsts).counts().scanned() + seconds.counts().scanned())
                .isEqualTo(ROWS);
        assertThat(things.checkpoint().state()).isEqualTo(CheckpointState.COMPLETE);
        things.assertParity();
    }

    @ParameterizedTest
    @CsvSource({
        "RANDOM_TEXTS, SERIALIZABLE, ",
        "SEQUENTIAL_NUMBERS, SERIALIZABLE, SERIALIZABLE",
        "RANDOM_NUMBERS, READ_COMMITTED, ",
        "RANDOM_TEXTS, READ_COMMITTED, SERIALIZABLE"
    })
    void a_backfill_beside_a_writer_of_new_things_ends_in_parity(Keys keys, Isolation ours, Isolation writers)
            throws Exception {
        Things things = things(keys, ROWS);
        BackfillEngine engine = engine(ours, "DATABASECHANGELOGBACKFILL");
        Connection connection = connect();
        if (writers != null) {
            connection.setTransactionIsolation(writers.level());
        }
        List<String> newKeys = things.keys(ROWS + NEW_ROWS).subList(ROWS, ROWS + NEW_ROWS);

        Future<Writer> writer = inBackground(() -> new Writer(things, connection).write(newKeys));
        BackfillResult result = engine.run(Things.TOTAL);
        Writer wrote = await(writer);
        BackfillResult afterwards = engine.run(Things.TOTAL);

        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(afterwards.outcome()).as("the writer wrote its tags itself").isEqualTo(Outcome.ALREADY_COMPLETE);
        assertThat(result.counts().inserted()).isEqualTo(ROWS);
        assertThat(wrote.retries()).as("retries of the writer").isLessThan(10 * NEW_ROWS);
        things.assertParity();
    }
}
