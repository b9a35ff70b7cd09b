package liquibase.ext.backfill.engine;

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

        StatementTimeout.halvesTheChunk(things, engine(StatementTimeout.options()));
    }
}
