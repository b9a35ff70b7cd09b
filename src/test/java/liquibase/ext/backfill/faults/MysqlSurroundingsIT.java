package liquibase.ext.backfill.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MysqlSurroundingsIT extends ServerSurroundingsContract {
    MysqlSurroundingsIT() {
        super(TestDatabase.MYSQL);
    }

    @Override
    int sizeOfAnnotations(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT FILE_SIZE FROM information_schema.INNODB_TABLESPACES WHERE NAME LIKE '%/pipeline_run_annotation'")) {
            row.next();
            return (int) (row.getLong(1) >> 20);
        }
    }
}
