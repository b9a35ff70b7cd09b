package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("mysql")
class MysqlSafetyIT extends SafetyContract {
    MysqlSafetyIT() {
        super(TestDatabase.MYSQL);
    }

    @Test
    void a_connection_that_counts_changed_rows_only_does_not_look_like_a_claim_that_was_lost() throws SQLException {
        Things things = things(Keys.SEQUENTIAL_NUMBERS, 40);
        things.execute("UPDATE thing SET label = NULL");

        try (Connection connection = DriverManager.getConnection(
                database.url() + "&useAffectedRows=true", database.user(), database.password())) {
            BackfillResult result = engine(connection, chunksOf(1).build(), BackfillListener.NONE, new FakeTime())
                    .run(Things.PARTIAL);

            assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(result.counts().scanned()).isEqualTo(40);
        }
    }
}
