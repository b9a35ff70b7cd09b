package liquibase.ext.backfill.updates;

import java.sql.Connection;
import java.sql.SQLException;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database of each test's own, and the service at work in it. */
abstract class UpdateContract {
    final TestDatabase product;
    FreshDatabase database;
    Connection connection;
    PipelineRuns runs;

    UpdateContract(TestDatabase product) {
        this.product = product;
    }

    @BeforeEach
    void open() throws SQLException {
        database = product.freshDatabase();
        connection = database.connect();
        runs = new PipelineRuns(product, connection);
    }

    @AfterEach
    void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
        if (database != null) {
            database.close();
        }
    }

    EmbeddedLiquibase liquibase() {
        return EmbeddedLiquibase.on(database);
    }
}
