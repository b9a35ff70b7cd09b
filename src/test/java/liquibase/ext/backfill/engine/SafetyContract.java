package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Coverage;
import liquibase.ext.backfill.definitions.Source;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.definitions.Value;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** What must never look like success. */
abstract class SafetyContract extends EngineContract {
    private static final BackfillDefinition ODD = new BackfillDefinition(
            "odd",
            Things.TOTAL.source(),
            new Target(
                    "odd_tag",
                    "thing_id",
                    Things.TOTAL.target().identity(),
                    Things.TOTAL.target().columns()),
            Coverage.TOTAL);

    SafetyContract(TestDatabase product) {
        super(product);
    }

    @Test
    void a_column_of_numbers_gives_its_digits_and_not_an_empty_text() throws SQLException {
        Things things = things(Keys.SEQUENTIAL_NUMBERS, 3);
        things.execute("ALTER TABLE thing ADD size BIGINT");
        things.execute("UPDATE thing SET size = 42");

        BackfillResult result =
                engine(chunksOf(2).build()).run(contentOf(new Value.Column("thing", "size"), new Value.Literal("")));

        assertThat(result.counts().refused()).isZero();
        assertThat(things.tags().values()).containsExactly("42", "42", "42");
    }

    @Test
    void a_document_in_a_column_that_holds_none_fails_the_backfill_and_no_row_pays_for_it() throws SQLException {
        Things things = things(Keys.SEQUENTIAL_NUMBERS, 3);
        things.execute("ALTER TABLE thing ADD size BIGINT");
        var definition = contentOf(new Value.JsonString("thing", "size", List.of("name")), new Value.Literal(""));
        BackfillEngine engine = engine(chunksOf(2).build());

        if (product == TestDatabase.SQLITE || product == TestDatabase.MARIADB) { // there a number is a document too
            assertThat(engine.run(definition).counts().refused()).isZero();
        } else {
            assertThatThrownBy(() -> engine.run(definition)).isInstanceOf(BackfillException.class);
            assertThat(things.tags()).isEmpty();
        }
    }

    @Test
    void an_error_of_the_virtual_machine_leaves_no_checkpoint_without_its_rows() throws SQLException {
        Things things = things(Keys.SEQUENTIAL_NUMBERS, 6);
        Connection failing = Hooked.connection(connect(), new Hooked.Hook() {
            @Override
            public void before(String sent) {
                if (Things.isInsertOfTags(sent)) {
                    throw new StackOverflowError("of a driver");
                }
            }
        });

        BackfillOptions shortLease = chunksOf(2).lease(Duration.ofSeconds(1)).build();

        assertThatThrownBy(() -> engine(failing, shortLease, BackfillListener.NONE, new FakeTime())
                        .run(Things.PARTIAL))
                .isInstanceOf(StackOverflowError.class);
        BackfillResult next =
                engine(shortLease, BackfillListener.NONE, Time.system()).run(Things.PARTIAL);

        assertThat(next.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(things.tags()).hasSize(4);
    }

    @Test
    void a_partial_backfill_that_goes_on_also_finds_what_came_above_its_old_end() throws SQLException {
        Things things = things(Keys.SEQUENTIAL_NUMBERS, 6);
        List<String> more = things.keys(9);
        Connection interrupting = Hooked.connection(connect(), new Hooked.Hook() {
            @Override
            public void after(String sent) {
                if (sent.equals("commit")) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        BackfillResult stopped = engine(interrupting, chunksOf(2).build(), BackfillListener.NONE, new FakeTime())
                .run(Things.PARTIAL);
        assertThat(stopped.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(Thread.interrupted()).isTrue();
        for (String key : more.subList(6, 9)) {
            things.insertThing(connect(), key, "late");
        }

        BackfillResult next = engine(chunksOf(2).build()).run(Things.PARTIAL);

        assertThat(next.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(things.tags()).hasSize(4 + 3);
    }

    @Test
    void a_unique_index_over_an_expression_is_no_unique_constraint_over_its_columns() throws SQLException {
        Things things = things(Keys.SEQUENTIAL_NUMBERS, 1);
        if (product == TestDatabase.MARIADB) { // which has no such indexes
            assertThatThrownBy(() -> things.execute("CREATE UNIQUE INDEX odd ON tag ((lower(content)))"))
                    .isInstanceOf(SQLException.class);
            return;
        }
        createOddTag(things);
        things.execute("CREATE UNIQUE INDEX odd ON odd_tag (thing_id, name, (lower(content)))");

        assertThatThrownBy(() -> engine(chunksOf(2).build()).run(ODD))
                .hasMessageContaining("odd_tag has no primary key or unique constraint over (thing_id, name)");
    }

    @Test
    void a_unique_index_that_leaves_rows_out_is_no_unique_constraint() throws SQLException {
        Things things = things(Keys.SEQUENTIAL_NUMBERS, 1);
        createOddTag(things);
        String partial = "CREATE UNIQUE INDEX odd ON odd_tag (thing_id, name) WHERE content <> ''";
        if (product == TestDatabase.MYSQL || product == TestDatabase.MARIADB) { // which have no such indexes
            assertThatThrownBy(() -> things.execute(partial)).isInstanceOf(SQLException.class);
            return;
        }
        things.execute(partial);

        assertThatThrownBy(() -> engine(chunksOf(2).build()).run(ODD))
                .hasMessageContaining("odd_tag has no primary key or unique constraint over (thing_id, name)");

        things.execute("CREATE UNIQUE INDEX whole ON odd_tag (thing_id, name)");
        assertThat(engine(chunksOf(2).build()).run(ODD).outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void a_target_column_that_is_narrower_than_what_is_kept_is_refused_where_it_would_refuse_values()
            throws SQLException {
        Things things = things(Keys.SEQUENTIAL_NUMBERS, 1);
        things.execute("UPDATE thing SET label = '%s'".formatted("x".repeat(300)));
        things.execute("CREATE TABLE odd_tag (thing_id BIGINT NOT NULL, name VARCHAR(40) NOT NULL, "
                + "content VARCHAR(254), PRIMARY KEY (thing_id, name))");

        if (product == TestDatabase.SQLITE) { // which keeps any text in any column
            assertThat(engine(chunksOf(2).build()).run(ODD).counts().refused()).isZero();
        } else {
            assertThatThrownBy(() -> engine(chunksOf(2).build()).run(ODD))
                    .hasMessageContaining(
                            "column content of table odd_tag holds 254 characters and the definition " + "keeps 255")
                    .hasMessageContaining("set maxLength to 254")
                    .hasMessageEndingWith("Nothing was changed.");
            assertThat(things.findCheckpoint()).isEmpty();
        }
    }

    private static void createOddTag(Things things) throws SQLException {
        things.execute(
                "CREATE TABLE odd_tag (thing_id BIGINT NOT NULL, name VARCHAR(40) NOT NULL, content VARCHAR(255))");
    }

    private static BackfillDefinition contentOf(Value... firstOf) {
        return new BackfillDefinition(
                "thing.size",
                new Source("thing", "id", List.of()),
                new Target(
                        "tag",
                        "thing_id",
                        List.of(new Target.Constant("name", "label")),
                        List.of(new Target.Computed("content", List.of(firstOf), 255))),
                Coverage.TOTAL);
    }

    /** What the session was set to is put back after the last commit, and that may fail too. */
    @Test
    void a_run_whose_connection_is_lost_after_its_end_is_told_once_and_as_failed() throws SQLException {
        Things things = things(Keys.SEQUENTIAL_NUMBERS, 4);
        List<String> sent = new ArrayList<>();
        run(sent::add, BackfillListener.NONE);
        String last = sent.get(sent.size() - 1);
        things.execute("DELETE FROM tag");
        List<String> told = new ArrayList<>();
        var listener = new BackfillListener() {
            @Override
            public void ended(BackfillResult result) {
                told.add("ended");
            }

            @Override
            public void failed(Failed failed) {
                told.add("failed after %d".formatted(failed.counts().inserted()));
            }
        };

        assertThatThrownBy(() -> run(
                        statement -> {
                            if (statement.equals(last)) {
                                throw new SQLException("cut", "08006");
                            }
                        },
                        listener))
                .hasMessageContaining(" failed on ");

        assertThat(sent).filteredOn(last::equals).as("what is put back").hasSize(1);
        assertThat(told).containsExactly("failed after 4");
        things.assertParity();
    }

    private interface Sent {
        void statement(String text) throws SQLException;
    }

    private void run(Sent heard, BackfillListener listener) throws SQLException {
        Connection connection = Hooked.connection(connect(), new Hooked.Hook() {
            @Override
            public void before(String text) throws SQLException {
                if (!text.equals("setAutoCommit")) {
                    heard.statement(text);
                }
            }
        });
        engine(connection, chunksOf(2).build(), listener, new FakeTime()).run(Things.TOTAL);
    }

    /** For the databases whose triggers can drop a row without an error. */
    final void assertThatRowsThatATriggerDropsAreNotPutDownToAWriter(String... trigger) throws SQLException {
        Things things = things(Keys.SEQUENTIAL_NUMBERS, 4);
        for (String statement : trigger) {
            things.execute(statement);
        }

        BackfillResult result = engine(chunksOf(2).build()).run(Things.TOTAL);

        assertThat(result.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(result.stopReason().orElseThrow())
                .startsWith(
                        "after 20 passes rows still lack their target row and none was inserted: a trigger, a rule or "
                                + "row-level security of tag drops or hides");
    }
}
