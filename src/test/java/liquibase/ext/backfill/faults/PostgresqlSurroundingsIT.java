package liquibase.ext.backfill.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgresql")
class PostgresqlSurroundingsIT extends ServerSurroundingsContract {
    PostgresqlSurroundingsIT() {
        super(TestDatabase.POSTGRESQL);
    }

    @Test
    void a_statement_that_takes_too_long_goes_on_in_halves() throws SQLException {
        StatementTimeouts.areHeeded(
                this,
                "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END'",
                "CREATE TRIGGER slow BEFORE INSERT ON pipeline_run_annotation FOR EACH ROW EXECUTE FUNCTION slow()");
    }

    @Override
    int sizeOfAnnotations(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_relation_size('pipeline_run_annotation')")) {
            row.next();
            return (int) (row.getLong(1) >> 20);
        }
    }
}
