package liquibase.ext.backfill.updates;

import static liquibase.ext.backfill.updates.EmbeddedLiquibase.BACKFILLS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import liquibase.Scope;
import liquibase.ext.backfill.startup.ServiceStartup;
import liquibase.ext.backfill.startup.StartupReport;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import liquibase.logging.mdc.MdcManagerFactory;
import liquibase.logging.mdc.MdcObject;
import liquibase.logging.mdc.NoOpMdcManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What stands beside the lines of a log. */
@Tag("sqlite")
class SqliteLoggingIT extends UpdateContract {
    private final Map<String, String> mdc = new TreeMap<>();
    private final Map<String, Map<String, String>> lines = new HashMap<>();
    private final Mdc manager = new Mdc();

    SqliteLoggingIT() {
        super(TestDatabase.SQLITE);
    }

    private final class Mdc extends NoOpMdcManager {
        @Override
        public MdcObject put(String key, String value, boolean removeWhenScopeExits) {
            mdc.put(key, value);
            return new MdcObject(key, value);
        }

        @Override
        public void remove(String key) {
            mdc.remove(key);
        }

        @Override
        public int getPriority() {
            return 1000;
        }
    }

    private final class Log extends AbstractLogService {
        @Override
        public int getPriority() {
            return PRIORITY_NOT_APPLICABLE;
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public Logger getLog(Class type) {
            return new AbstractLogger() {
                @Override
                public void log(Level level, String message, Throwable e) {
                    lines.put(message, new TreeMap<>(mdc));
                }
            };
        }
    }

    @BeforeEach
    void register() {
        Scope.getCurrentScope().getSingleton(MdcManagerFactory.class).register(manager);
    }

    @AfterEach
    void unregister() {
        Scope.getCurrentScope().getSingleton(MdcManagerFactory.class).unregister(manager);
    }

    @Test
    void lines_of_a_backfill_have_its_name_beside_them_and_the_summary_has_the_report() throws Exception {
        runs.createTables();
        runs.add(Run.some(3));
        List<StartupReport> report = new ArrayList<>();

        Scope.child(Map.of(Scope.Attr.logService.name(), new Log()), () -> {
            report.add(ServiceStartup.of(database.dataSource(), BACKFILLS).run());
        });

        assertThat(beside("Backfill pipeline_run.created_by: complete in"))
                .containsEntry("backfillName", "pipeline_run.created_by");
        assertThat(beside("Backfill pipeline_run.name/extra_data: complete in"))
                .containsEntry("backfillName", "pipeline_run.name/extra_data");
        assertThat(beside("Backfills of this start, after"))
                .containsEntry("backfillReport", report.get(0).toJson())
                .doesNotContainKey("backfillName");
        assertThat(mdc).doesNotContainKeys("backfillName", "backfillReport");
    }

    private Map<String, String> beside(String begin) {
        return lines.entrySet().stream()
                .filter(line -> line.getKey().startsWith(begin))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(begin + " is not among " + lines.keySet()));
    }
}
