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
import liquibase.command.CommandScope;
import liquibase.ext.backfill.startup.ServiceStartup;
import liquibase.ext.backfill.startup.StartupReport;
import liquibase.ext.backfill.testing.TestDatabase;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import liquibase.logging.mdc.MdcManagerFactory;
import liquibase.logging.mdc.MdcObject;
import liquibase.logging.mdc.NoOpMdcManager;
import liquibase.ui.LoggerUIService;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What stands beside the lines of a log. */
@Tag("sqlite")
class SqliteLoggingIT extends UpdateContract {
    private final Map<String, String> mdc = new TreeMap<>();
    private final Map<String, Map<String, String>> lines = new HashMap<>();
    private final List<String> errors = new ArrayList<>();
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
                    if (level.equals(Level.SEVERE)) {
                        errors.add(message);
                    }
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

    @Test
    void an_error_of_a_start_has_the_name_of_its_backfill_beside_it() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));
        runs.execute("ALTER TABLE pipeline_run RENAME COLUMN created_by TO creator");

        Scope.child(Map.of(Scope.Attr.logService.name(), new Log()), () -> {
            ServiceStartup.of(database.dataSource(), BACKFILLS).run();
        });

        assertThat(errors).hasSize(1);
        assertThat(beside("backfill pipeline_run.created_by cannot run on"))
                .containsEntry("backfillName", "pipeline_run.created_by");
    }

    /** As Spring has it. */
    @Test
    void an_error_of_an_update_whose_messages_go_to_the_log_is_there_once_and_with_its_name() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));
        runs.execute("ALTER TABLE pipeline_run RENAME COLUMN created_by TO creator");

        Map<String, Object> scope = Map.of(
                Scope.Attr.logService.name(),
                new Log(),
                Scope.Attr.ui.name(),
                new LoggerUIService(),
                "liquibase.backfill.onFailure",
                "report");
        Scope.child(scope, () -> {
            new CommandScope("update")
                    .addArgumentValue("database", EmbeddedLiquibase.database(connection))
                    .addArgumentValue("changelogFile", BACKFILLS)
                    .execute();
        });

        assertThat(errors)
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("backfill pipeline_run.created_by cannot run on")
                .endsWith(". The update goes on, because liquibase.backfill.onFailure is report.");
        assertThat(beside(errors.get(0))).containsEntry("backfillName", "pipeline_run.created_by");
    }

    @Test
    void a_warning_about_refused_rows_has_the_name_of_its_backfill_beside_it() throws Exception {
        runs.createTables();
        runs.add(Run.bare("a"));
        runs.execute("UPDATE pipeline_run SET created_by = 'refused'");
        runs.execute("DROP TABLE pipeline_run_annotation");
        runs.execute("""
                CREATE TABLE pipeline_run_annotation (pipeline_run_id VARCHAR(20), key VARCHAR(255),
                  value VARCHAR(255) CHECK (value <> 'refused'), PRIMARY KEY (pipeline_run_id, key))""");

        Scope.child(Map.of(Scope.Attr.logService.name(), new Log()), () -> {
            ServiceStartup.of(database.dataSource(), BACKFILLS).run();
        });

        assertThat(beside("Backfill pipeline_run.created_by: the database refused"))
                .containsEntry("backfillName", "pipeline_run.created_by");
    }

    private Map<String, String> beside(String begin) {
        return lines.entrySet().stream()
                .filter(line -> line.getKey().startsWith(begin))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(begin + " is not among " + lines.keySet()));
    }
}
