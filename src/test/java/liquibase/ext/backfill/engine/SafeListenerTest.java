package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import liquibase.ext.backfill.engine.BackfillResult.Outcome;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SafeListenerTest {
    /** Kept, because the logging of the JDK forgets what nobody holds. */
    private static final Logger LOG = Logger.getLogger(SafeListener.class.getName());

    private final List<String> heard = new ArrayList<>();

    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    private final class Failing implements BackfillListener {
        @Override
        public void started(String backfill) {
            fail("started");
        }

        @Override
        public void failed(Failed failed) {
            fail("failed after " + failed.counts().inserted() + ": " + failed.reason());
        }

        @Override
        public void compared(String backfill, Parity parity) {
            fail("compared " + parity.missing());
        }

        @Override
        public void advanced(Progress progress) {
            fail("advanced " + progress.scanned());
        }

        @Override
        public void waiting(String backfill, String reason, Duration duration) {
            fail("waiting");
        }

        @Override
        public void ended(BackfillResult result) {
            fail("ended " + result.outcome());
        }

        private void fail(String event) {
            heard.add(event);
            throw new IllegalStateException("a listener's own fault");
        }
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new IOException("checked and undeclared, as Kotlin throws it"),
                new NoClassDefFoundError("a class of the listener's own"),
                new ServiceConfigurationError("a provider of the listener's own"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatever_a_listener_throws_disturbs_nothing(Throwable fault) throws SQLException {
        var throwing = new BackfillListener() {
            @Override
            public void started(String backfill) {
                SafeListenerTest.<RuntimeException>sneak(fault);
            }

            @Override
            public void advanced(Progress progress) {
                SafeListenerTest.<RuntimeException>sneak(fault);
            }
        };
        try (FreshDatabase database = TestDatabase.SQLITE.freshDatabase();
                Things things = new Things(database, Keys.RANDOM_TEXTS).with(4);
                var connection = database.connect()) {
            BackfillResult result = EngineContract.engine(
                            connection, BackfillOptions.defaults(), throwing, Time.system())
                    .run(Things.TOTAL);

            assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
            things.assertParity();
        }
    }

    @SuppressWarnings("unchecked") // erased, so that any throwable passes
    private static <T extends Throwable> void sneak(Throwable fault) throws T {
        throw (T) fault;
    }

    @Test
    void a_listener_that_always_fails_hears_everything_and_disturbs_nothing() throws SQLException {
        try (FreshDatabase database = TestDatabase.SQLITE.freshDatabase();
                Things things = new Things(database, Keys.RANDOM_TEXTS).with(4);
                var connection = database.connect()) {
            BackfillOptions options = BackfillOptions.builder()
                    .chunkRows(2)
                    .pause(Duration.ofSeconds(1))
                    .build();

            BackfillResult result = EngineContract.engine(connection, options, new Failing(), new FakeTime())
                    .run(Things.TOTAL);

            assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(heard)
                    .containsExactly(
                            "started",
                            "compared 4",
                            "advanced 2",
                            "waiting",
                            "advanced 4",
                            "waiting",
                            "ended COMPLETED");
            things.assertParity();
        }
    }

    @Test
    void a_run_that_fails_is_heard_of_with_what_it_kept_and_a_class_that_a_listener_lacks_disturbs_no_other()
            throws SQLException {
        var lacking = new BackfillListener() {
            @Override
            public void started(String backfill) {
                throw new NoClassDefFoundError("of a library of numbers");
            }
        };
        try (FreshDatabase database = TestDatabase.SQLITE.freshDatabase();
                Things things = new Things(database, Keys.RANDOM_TEXTS).with(4);
                var connection = database.connect()) {
            var breaking = new BackfillListener() {
                @Override
                public void advanced(Progress progress) {
                    try {
                        things.execute("ALTER TABLE tag RENAME COLUMN content TO moved");
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                }
            };
            BackfillEngine engine = EngineContract.engine(
                    connection,
                    BackfillOptions.builder().chunkRows(2).build(),
                    BackfillListener.all(List.of(lacking, breaking, new Failing())),
                    new FakeTime());

            assertThatThrownBy(() -> engine.run(Things.TOTAL)).isInstanceOf(BackfillException.class);

            assertThat(heard).hasSize(4).startsWith("started", "compared 4", "advanced 2");
            assertThat(heard.get(3))
                    .startsWith("failed after 2: backfill thing.label failed on ")
                    .endsWith("it goes on from there.");
        }
    }
}
