package liquibase.ext.backfill.startup;

import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryService;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;

/**
 * Liquibase's table of changesets. Liquibase makes it before it takes its lock, so that of replicas which start at the same
 * moment on an empty database all but one fail. Here they look again, and find it.
 */
final class ChangelogTable {
    private ChangelogTable() {}

    static void createOn(Database database) throws DatabaseException {
        ChangeLogHistoryService history = Scope.getCurrentScope()
                .getSingleton(ChangeLogHistoryServiceFactory.class)
                .getChangeLogService(database);
        try {
            history.init();
        } catch (DatabaseException e) {
            database.rollback();
            history.reset();
            try {
                history.init();
            } catch (DatabaseException again) {
                again.addSuppressed(e);
                throw again;
            }
        }
    }
}
