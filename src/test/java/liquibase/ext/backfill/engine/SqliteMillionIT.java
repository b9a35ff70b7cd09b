package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No row travels through Java, so that the heap does not depend on how many there are. */
@Tag("sqlite")
@Tag("slow")
class SqliteMillionIT {
    @Test
    void a_million_rows_are_backfilled_in_a_heap_of_128_MB() throws Exception {
        try (FreshDatabase database = TestDatabase.SQLITE.freshDatabase();
                Things things = new Things(database, Keys.RANDOM_TEXTS)) {
            things.execute("PRAGMA synchronous = OFF");
            things.execute("""
                    INSERT INTO thing (id, label)
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
                    SELECT printf('%016x', i * 2654435761 % 4294967296), 'label of ' || i FROM n""");

            Process process = BackfillProcess.start(database, 0, Duration.ZERO, "-Xmx128m");
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(said).isZero();
            assertThat(said).contains("outcome=COMPLETED", "inserted=1000000", "scanned=1000000");
            assertThat(count(database)).isEqualTo(1_000_000);
        }
    }

    private static long count(FreshDatabase database) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT COUNT(*) FROM thing JOIN tag ON thing_id = id AND name = 'label' AND content = label")) {
            row.next();
            return row.getLong(1);
        }
    }
}
