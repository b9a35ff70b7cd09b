package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which rights a backfill needs. PostgreSQL asks for them by what a statement names, not by what it uses. */
@Tag("postgresql")
class PostgresqlRightsIT extends EngineContract {
    private static final String ROLE = "backfiller_of_columns";

    private Connection owner;

    PostgresqlRightsIT() {
        super(TestDatabase.POSTGRESQL);
    }

    @BeforeEach
    void create_role() throws SQLException {
        owner = connect();
        Things.execute(owner, "CREATE ROLE " + ROLE);
    }

    @AfterEach
    void drop_role() throws SQLException {
        Things.execute(owner, "DROP OWNED BY " + ROLE);
        Things.execute(owner, "DROP ROLE " + ROLE);
    }

    @Test
    void the_right_to_read_what_the_definition_names_is_enough() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, 0);
        engine(chunksOf(2).build()).run(Things.TOTAL); // creates the checkpoint table
        things.with(5);
        for (String sql : List.of(
                "ALTER TABLE thing ADD COLUMN secret text",
                "GRANT USAGE ON SCHEMA public TO " + ROLE,
                "GRANT SELECT (id, label) ON thing TO " + ROLE,
                "GRANT SELECT, INSERT ON tag TO " + ROLE,
                "GRANT SELECT, INSERT, UPDATE ON databasechangelogbackfill TO " + ROLE)) {
            Things.execute(owner, sql);
        }
        Connection connection = connect();
        Things.execute(connection, "SET ROLE " + ROLE);

        BackfillResult result = engine(connection, chunksOf(2).build(), BackfillListener.NONE, new FakeTime())
                .run(Things.TOTAL);

        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(things.tags()).hasSize(5);
    }

    @Test
    void a_checkpoint_table_that_must_not_be_read_is_not_called_missing() throws SQLException {
        things(Keys.RANDOM_TEXTS, 3);
        engine(chunksOf(2).build()).run(Things.TOTAL);
        for (String sql :
                List.of("GRANT USAGE ON SCHEMA public TO " + ROLE, "GRANT SELECT, INSERT ON thing, tag TO " + ROLE)) {
            Things.execute(owner, sql);
        }
        Connection connection = connect();
        Things.execute(connection, "SET ROLE " + ROLE);
        BackfillEngine engine = engine(connection, chunksOf(2).build(), BackfillListener.NONE, new FakeTime());

        assertThatThrownBy(() -> engine.run(Things.TOTAL))
                .isInstanceOf(BackfillException.class)
                .hasMessageContaining(
                        "the checkpoint table \"databasechangelogbackfill\" cannot be read: ERROR: permission "
                                + "denied for table databasechangelogbackfill. Nothing was changed.")
                .hasMessageContaining("grant this user SELECT, INSERT and UPDATE on it:\nCREATE TABLE ");
        assertThatThrownBy(() -> BackfillInspection.on(connection).status(Things.TOTAL))
                .isInstanceOf(BackfillException.class)
                .hasMessageStartingWith("backfill thing.label could not be looked at on PostgreSQL 18.")
                .hasMessageContaining("permission denied for table databasechangelogbackfill");
    }
}
