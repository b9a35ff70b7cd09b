package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Behind a pool that lends the session per transaction, what is set on the session is set on somebody else's. */
@Tag("postgresql")
class PostgresqlIsolationIT extends EngineContract {
    PostgresqlIsolationIT() {
        super(TestDatabase.POSTGRESQL);
    }

    @ParameterizedTest
    @EnumSource
    void a_chunk_has_the_isolation_and_the_session_never_does(Isolation isolation) throws SQLException {
        Things things = things(Keys.RANDOM_TEXTS, 6);
        Connection real = connect();
        try (Statement statement = real.createStatement()) {
            statement.execute("SET default_transaction_isolation = 'repeatable read'");
        }
        Set<String> ofChunks = new HashSet<>();
        Set<String> ofSession = new HashSet<>();
        var looking = new Hooked.Hook() {
            @Override
            public void before(String sent) throws SQLException {
                if (sent.equals("commit")) {
                    ofChunks.add(shown(real, "transaction_isolation"));
                    ofSession.add(shown(real, "default_transaction_isolation"));
                }
            }
        };

        engine(
                        Hooked.connection(real, looking),
                        chunksOf(2).isolation(isolation).build(),
                        BackfillListener.NONE,
                        new FakeTime())
                .run(Things.TOTAL);

        things.assertParity();
        assertThat(ofChunks)
                .containsExactly(isolation.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        assertThat(ofSession).containsExactly("repeatable read");
    }

    private static String shown(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
