package liquibase.ext.backfill.updates;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import liquibase.Scope;
import liquibase.exception.LiquibaseException;
import liquibase.ext.backfill.startup.ServiceStartup;
import liquibase.ext.backfill.testing.TestDatabase;

/** A service that starts, by its {@code DataSource}. */
abstract class StartupContract extends UpdateContract {
    static final String CREATOR = "pipeline_run.created_by";
    static final String NAME_PARTIAL = "pipeline_run.name/extra_data";
    static final String NAME_TOTAL = "pipeline_run.name/component_spec";

    final RecordingLog log = new RecordingLog();

    StartupContract(TestDatabase product) {
        super(product);
    }

    ServiceStartup startup(String changelog) {
        return ServiceStartup.of(database.dataSource(), changelog);
    }

    interface Start<T> {
        T started() throws LiquibaseException;
    }

    /** With what a service's surroundings set, and a log that is kept. */
    <T> T in(Map<String, Object> settings, Start<T> start) throws Exception {
        Map<String, Object> scope = new HashMap<>(settings);
        scope.put(Scope.Attr.logService.name(), log);
        return Scope.child(scope, start::started);
    }

    <T> T start(Start<T> start) throws Exception {
        return in(Map.of(), start);
    }

    List<Run> oldRuns(int count) throws Exception {
        List<Run> all = Run.some(count);
        runs.createTables();
        runs.add(all);
        return all;
    }
}
