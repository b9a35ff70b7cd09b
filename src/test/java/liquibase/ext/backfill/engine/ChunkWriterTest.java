package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Failure;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a chunk whose insert fails, by what the failure means. */
class ChunkWriterTest {
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(7);

    private final FakeTime time = new FakeTime();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private final List<String> waits = new ArrayList<>();
    private Duration timeOfInsert = Duration.ZERO;
    private int inserts;

    private FreshDatabase database;
    private Things things;
    private List<String> keys;
    private RunContext run;
    private ChunkSize size;
    private ChunkWriter writer;

    private final Hooked.Hook insertsThatFail = new Hooked.Hook() {
        @Override
        public void before(String sent) throws SQLException {
            if (sent.startsWith("INSERT INTO \"tag\"")) {
                inserts++;
                time.pass(timeOfInsert);
                if (!failures.isEmpty()) {
                    throw PretendedDialect.error(failures.pop());
                }
            }
        }
    };

    private final BackfillListener listener = new BackfillListener() {
        @Override
        public void waiting(String backfill, String reason, Duration duration) {
            waits.add(reason);
        }
    };

    @BeforeEach
    void create() throws SQLException {
        database = TestDatabase.SQLITE.freshDatabase();
        things = new Things(database, Keys.RANDOM_TEXTS).with(4);
        keys = things.tagless();
        writeWith(BackfillOptions.builder().attempts(5).timeouts(Duration.ofSeconds(5), STATEMENT_TIMEOUT));
    }

    @AfterEach
    void close() throws SQLException {
        run.connection().close();
        things.close();
        database.close();
    }

    private void writeWith(BackfillOptions.Builder builder) throws SQLException {
        BackfillOptions options = builder.build();
        Connection connection = Hooked.connection(database.connect(), insertsThatFail);
        Things.execute(
                connection, "PRAGMA synchronous = OFF"); // none of the many tests needs to survive a loss of power
        Dialect dialect = new PretendedDialect().dialect();
        var sql = new BackfillSql(Things.TOTAL, dialect, Schema.DEFAULT);
        var pacing = new Pacing(Things.TOTAL.name(), options, time, listener);
        run = new RunContext(
                Things.TOTAL,
                connection,
                dialect,
                sql,
                new BackfillReads(connection, sql, KeyType.TEXT),
                new Checkpoints(connection, dialect, CheckpointTable.DEFAULT),
                options,
                time,
                pacing,
                new Steps(dialect, options, pacing),
                new Tally(),
                listener);
        run.checkpoints().createTableIfAbsent(Things.TOTAL.name());
        size = ChunkSize.of(options);
        writer = new ChunkWriter(run, size, run.checkpoints().of(new Claiming(run).claim("this runner")));
    }

    private void failAtInsert(Failure... inTurn) {
        failures.addAll(List.of(inTurn));
    }

    private void writeAll() throws SQLException {
        write(0, 3);
    }

    /** The things from one to another, in the order of their keys. */
    private void write(int first, int last) throws SQLException {
        writer.write(new Chunk(KeyRange.closed(keys.get(first), keys.get(last)), last - first + 1));
    }

    private Checkpoint.Counts counts() {
        return run.tally().counts();
    }

    private long savedRetries() throws SQLException {
        try (Statement statement = run.connection().createStatement();
                ResultSet row = statement.executeQuery("SELECT RETRIES FROM DATABASECHANGELOGBACKFILL")) {
            return row.getLong(1);
        }
    }

    @Test
    void a_chunk_is_written_at_once_and_its_size_learns_from_it() throws SQLException {
        timeOfInsert = Duration.ofMillis(100);
        int before = size.rows();

        writer.write(new Chunk(KeyRange.closed(keys.get(0), keys.get(3)), before));

        assertThat(counts()).isEqualTo(new Checkpoint.Counts(before, 4, 0, 1, 0));
        assertThat(size.rows()).isEqualTo(2 * before);
        assertThat(waits).isEmpty();
        things.assertParity();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONFLICT", "DUPLICATE", "FOREIGN_KEY"})
    void what_another_transaction_caused_is_repeated_after_a_wait_that_says_why(Failure failure) throws SQLException {
        failAtInsert(failure, failure);
        int before = size.rows();

        writer.write(new Chunk(KeyRange.closed(keys.get(0), keys.get(3)), before));

        assertThat(counts()).isEqualTo(new Checkpoint.Counts(before, 4, 0, 1, 2));
        assertThat(savedRetries()).isEqualTo(2);
        assertThat(waits).containsExactly(failure.description(), failure.description());
        assertThat(size.rows()).as("of a repeated chunk the time says nothing").isEqualTo(before);
        things.assertParity();
    }

    @Test
    void the_third_conflict_halves_a_chunk_and_each_half_is_a_chunk() throws SQLException {
        failAtInsert(Failure.CONFLICT, Failure.CONFLICT, Failure.CONFLICT);

        writeAll();

        assertThat(counts()).isEqualTo(new Checkpoint.Counts(4, 4, 0, 2, 3));
        assertThat(savedRetries()).as("counted with the first half").isEqualTo(3);
        assertThat(waits).hasSize(2);
        things.assertParity();
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCK_TIMEOUT", "STATEMENT_TIMEOUT"})
    void a_timeout_halves_a_chunk_at_once_and_those_that_follow(Failure failure) throws SQLException {
        failAtInsert(failure);
        int before = size.rows();

        writeAll();

        assertThat(counts()).isEqualTo(new Checkpoint.Counts(4, 4, 0, 2, 1));
        assertThat(size.rows()).isEqualTo(before / 2);
        assertThat(waits).isEmpty();
        things.assertParity();
    }

    @Test
    void a_chunk_of_three_is_halved_into_one_and_one_and_one() throws SQLException {
        failAtInsert(Failure.LOCK_TIMEOUT);

        write(0, 2);

        assertThat(counts()).isEqualTo(new Checkpoint.Counts(3, 3, 0, 3, 1));
        assertThat(things.tagless()).containsExactly(keys.get(3));
    }

    @Test
    void a_row_by_itself_is_repeated_as_often_as_the_options_say() throws SQLException {
        failAtInsert(Failure.CONFLICT, Failure.CONFLICT, Failure.CONFLICT, Failure.CONFLICT);

        write(1, 1);

        assertThat(counts()).isEqualTo(new Checkpoint.Counts(1, 1, 0, 1, 4));
        assertThat(waits).hasSize(4);
    }

    @Test
    void and_then_it_fails_with_what_happened_before() {
        failAtInsert(Failure.LOCK_TIMEOUT, Failure.CONFLICT, Failure.CONFLICT, Failure.CONFLICT, Failure.DUPLICATE);

        assertThatThrownBy(() -> write(1, 1))
                .isInstanceOf(StepFailedException.class)
                .hasMessage("keys [%s, %s] met a row that another transaction inserted meanwhile at attempt 5: "
                                .formatted(keys.get(1), keys.get(1))
                        + "pretended DUPLICATE")
                .returns(Failure.DUPLICATE, e -> ((StepFailedException) e).failure())
                .satisfies(e -> assertThat(e.getCause().getSuppressed())
                        .singleElement()
                        .satisfies(earlier -> assertThat(earlier).hasMessage("pretended CONFLICT")));
        assertThat(inserts).isEqualTo(5);
    }

    @Test
    void a_foreign_key_is_tried_three_times() {
        failAtInsert(Failure.FOREIGN_KEY, Failure.FOREIGN_KEY, Failure.FOREIGN_KEY);

        assertThatThrownBy(() -> write(1, 1))
                .hasMessageContaining("met a missing row that a foreign key wants at attempt 3");
    }

    @Test
    void a_foreign_key_is_tried_no_more_often_than_anything_else() throws SQLException {
        things.letTheLeaseEnd();
        run.connection().close();
        writeWith(BackfillOptions.builder().attempts(2));
        failAtInsert(Failure.FOREIGN_KEY, Failure.FOREIGN_KEY);

        assertThatThrownBy(() -> write(1, 1)).hasMessageContaining("a foreign key wants at attempt 2");
    }

    @Test
    void a_half_that_fails_tells_why_its_chunk_was_halved() {
        failAtInsert(Failure.LOCK_TIMEOUT, Failure.PERMANENT);

        assertThatThrownBy(this::writeAll)
                .hasMessageContaining("met an error at attempt 1")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("pretended LOCK_TIMEOUT"));
    }

    @ParameterizedTest
    @EnumSource(names = {"PERMANENT", "CONNECTION_LOST"})
    void what_no_repetition_helps_is_not_repeated(Failure failure) {
        failAtInsert(failure);

        assertThatThrownBy(this::writeAll)
                .hasMessageContaining("keys [" + keys.get(0))
                .hasMessageContaining("at attempt 1");
        assertThat(counts()).isEqualTo(Checkpoint.Counts.NONE);
        assertThat(inserts).isEqualTo(1);
    }

    @Test
    void a_statement_that_somebody_cancels_ends_the_run() {
        timeOfInsert = STATEMENT_TIMEOUT.minusNanos(1);
        failAtInsert(Failure.CANCELLED);

        assertThatThrownBy(this::writeAll).hasMessageContaining("met a statement that was cancelled at attempt 1");
    }

    @Test
    void one_that_is_cancelled_because_its_time_is_up_goes_on_in_halves() throws SQLException {
        timeOfInsert = STATEMENT_TIMEOUT;
        failAtInsert(Failure.CANCELLED);

        writeAll();

        assertThat(counts()).isEqualTo(new Checkpoint.Counts(4, 4, 0, 2, 1));
    }

    @Test
    void what_is_refused_without_any_row_is_the_fault_of_the_statement() {
        // The chunk, its half, that one's row, and nothing at all.
        failAtInsert(Failure.DATA, Failure.DATA, Failure.DATA, Failure.DATA);

        assertThatThrownBy(this::writeAll)
                .hasMessage("the statement itself met an error at attempt 1: pretended DATA")
                .returns(Failure.PERMANENT, e -> ((StepFailedException) e).failure());
        assertThat(counts()).isEqualTo(Checkpoint.Counts.NONE);
    }

    @Test
    void a_conflict_over_no_row_says_nothing_about_the_statement() throws SQLException {
        failAtInsert(Failure.DATA, Failure.CONFLICT);

        write(1, 1);

        assertThat(counts()).isEqualTo(new Checkpoint.Counts(1, 1, 1, 1, 0));
    }

    @Test
    void a_row_is_refused_only_when_it_was_by_itself() throws SQLException {
        failAtInsert(Failure.DATA);

        writer.write(new Chunk(KeyRange.after(keys.get(0), keys.get(1)), 1));

        assertThat(inserts).as("refused, over no row, by itself").isEqualTo(3);
        assertThat(counts()).isEqualTo(new Checkpoint.Counts(1, 1, 0, 1, 0));
    }

    @Test
    void whether_the_statement_is_at_fault_is_asked_once() throws SQLException {
        failAtInsert(Failure.DATA);
        write(0, 0);
        assertThat(inserts).as("refused, over no row, the last resort").isEqualTo(3);

        failAtInsert(Failure.DATA);
        write(1, 1);

        assertThat(inserts).isEqualTo(5);
        assertThat(counts().refused()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void the_row_that_the_database_refuses_gets_its_last_resort(int refused) throws SQLException {
        things.execute("UPDATE thing SET label = 'label of it'");
        things.execute("UPDATE thing SET label = 'bad' WHERE id = '%s'".formatted(keys.get(refused)));
        things.refuseTagsWithContent("bad");

        writeAll();

        assertThat(things.tags())
                .containsEntry(keys.get(refused), "")
                .hasSize(4)
                .containsValue("label of it");
        assertThat(counts().refused()).isEqualTo(1);
        assertThat(counts().inserted()).isEqualTo(4);
        assertThat(run.tally().firstRefused()).singleElement().satisfies(row -> assertThat(row.toString())
                .contains(keys.get(refused)));
        assertThat(waits).isEmpty();
    }
}
