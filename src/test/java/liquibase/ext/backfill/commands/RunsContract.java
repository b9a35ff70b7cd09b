package liquibase.ext.backfill.commands;

import java.sql.SQLException;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database of each test's own, with the tables of pipeline runs. */
abstract class RunsContract {
    final TestDatabase product;
    FreshDatabase database;
    Runs runs;

    RunsContract(TestDatabase product) {
        this.product = product;
    }

    @BeforeEach
    void create() throws SQLException {
        create("json");
    }

    /** @param documents the type of the columns that hold JSON */
    final void create(String documents) throws SQLException {
        database = product.freshDatabase();
        runs = Runs.createOn(database, documents);
    }

    @AfterEach
    void drop() throws SQLException {
        if (runs != null) {
            runs.close();
        }
        if (database != null) {
            database.close();
        }
    }
}
