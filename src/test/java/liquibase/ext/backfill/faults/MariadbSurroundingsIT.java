package liquibase.ext.backfill.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("mariadb")
class MariadbSurroundingsIT extends ServerSurroundingsContract {
    MariadbSurroundingsIT() {
        super(TestDatabase.MARIADB);
    }

    @Test
    void a_statement_that_takes_too_long_goes_on_in_halves() throws SQLException {
        StatementTimeouts.areHeeded(
                this,
                "CREATE TRIGGER slow AFTER INSERT ON pipeline_run_annotation FOR EACH ROW SET @slow = SLEEP(0.3)");
    }

    @Override
    int sizeOfAnnotations(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT FILE_SIZE FROM information_schema.INNODB_SYS_TABLESPACES WHERE NAME LIKE '%/pipeline_run_annotation'")) {
            row.next();
            return (int) (row.getLong(1) >> 20);
        }
    }
}
