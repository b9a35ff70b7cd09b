package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgresql")
class PostgresqlPolitenessIT extends PolitenessContract {
    PostgresqlPolitenessIT() {
        super(TestDatabase.POSTGRESQL);
    }

    @Test
    void a_statement_that_takes_too_long_goes_on_in_halves() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, 8);
        things.execute("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS "
                + "'BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END'");
        things.execute("CREATE TRIGGER slow BEFORE INSERT ON tag FOR EACH ROW EXECUTE FUNCTION slow()");

        StatementTimeout.halvesTheChunk(
                things, engine(StatementTimeout.options(), BackfillListener.NONE, new HurriedTime()));
    }

    /** The database has one code for this and for a statement that took too long. */
    @Test
    void a_statement_that_somebody_cancels_is_not_repeated() throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, 8);
        things.execute("CREATE FUNCTION cancelled() RETURNS trigger LANGUAGE plpgsql AS "
                + "'BEGIN PERFORM pg_cancel_backend(pg_backend_pid()); PERFORM pg_sleep(20); RETURN NEW; END'");
        things.execute("CREATE TRIGGER cancelled BEFORE INSERT ON tag FOR EACH ROW EXECUTE FUNCTION cancelled()");

        assertThatThrownBy(() -> engine(chunksOf(4).build(), BackfillListener.NONE, new HurriedTime())
                        .run(Things.TOTAL))
                .isInstanceOf(BackfillException.class)
                .hasMessageContaining("] met a statement that was cancelled at attempt 1: ")
                .hasMessageContaining("canceling statement due to user request");

        assertThat(things.checkpoint().state()).isEqualTo(CheckpointState.FAILED);
        things.execute("DROP TRIGGER cancelled ON tag");
        engine(chunksOf(4).build()).run(Things.TOTAL);
        things.assertParity();
    }
}
