package liquibase.ext.backfill.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import liquibase.ui.LoggerUIService;

/** {@code liquibase update} with the shipped changelog. */
final class Update {
    private static final String BACKFILLS = "liquibase-backfill/backfills/db.changelog-backfills.yaml";

    private Update() {}

    /** Runs the backfills, and gives what they warned of in Liquibase's log. */
    static List<String> run(FreshDatabase database) throws Exception {
        List<String> warnings = new ArrayList<>();
        var scope = Map.<String, Object>of(
                Scope.Attr.logService.name(), new Warnings(warnings), Scope.Attr.ui.name(), new LoggerUIService());
        Scope.child(scope, () -> new CommandScope("update")
                .addArgumentValue("changelogFile", BACKFILLS)
                .addArgumentValue("url", database.url())
                .addArgumentValue("username", database.user())
                .addArgumentValue("password", database.password())
                .execute());
        return warnings;
    }

    private static final class Warnings extends AbstractLogService {
        private final List<String> warnings;

        Warnings(List<String> warnings) {
            this.warnings = warnings;
        }

        @Override
        public int getPriority() {
            return PRIORITY_NOT_APPLICABLE;
        }

        @Override
        @SuppressWarnings("rawtypes") // as Liquibase declares it
        public Logger getLog(Class clazz) {
            return new AbstractLogger() {
                @Override
                public void log(Level level, String message, Throwable e) {
                    if (level.intValue() >= Level.WARNING.intValue() && message.startsWith("Backfill ")) {
                        warnings.add(message);
                    }
                }
            };
        }
    }
}
