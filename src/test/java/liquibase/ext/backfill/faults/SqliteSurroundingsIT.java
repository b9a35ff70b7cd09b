package liquibase.ext.backfill.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import liquibase.ext.backfill.engine.BackfillException;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("sqlite")
class SqliteSurroundingsIT extends SurroundingsContract {
    SqliteSurroundingsIT() {
        super(TestDatabase.SQLITE);
    }

    @Override
    Connection readOnly() throws SQLException {
        return DriverManager.getConnection(database.url() + "?open_mode=1");
    }

    /** Whoever reads this database reads all of it. */
    @Override
    void letReadCheckpoints() {}

    @Test
    void a_disk_that_is_full_ends_the_run_and_what_was_committed_is_kept() throws Exception {
        Runs runs = runs(KeyOrder.RANDOM, 2_000);
        String message;
        long kept;
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            long pages;
            try (ResultSet row = statement.executeQuery("PRAGMA page_count")) {
                row.next();
                pages = row.getLong(1);
            }
            statement.execute("PRAGMA max_page_count = " + (pages + 20));
            BackfillException failure = failure(connection, chunksOf(100).build());
            assertThat(failure).hasMessageContaining("backfill pipeline_run.created_by failed on ");
            message = failure.getMessage();
            kept = runs.systemAnnotations();
            assertThat(runs.writtenByBackfills()).isEqualTo(kept).isBetween(1L, 2_000L);
        }
        runs.letTheLeasesEnd();
        assertThat(written(backfill(chunksOf(100).build()))).isEqualTo(2L * 2_000 - kept);
        enter("the disk is full", 1, runs.balance(), message, Map.of("kept", kept, "of", 2_000L));
    }
}
