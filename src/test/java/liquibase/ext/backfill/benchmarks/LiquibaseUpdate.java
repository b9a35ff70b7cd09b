package liquibase.ext.backfill.benchmarks;

import java.io.OutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.ConsoleUIService;

/** A whole {@code liquibase update} inside this JVM, without a word. */
final class LiquibaseUpdate {
    private static final Logger LOGGER = Logger.getLogger("liquibase");

    private LiquibaseUpdate() {}

    /** Leaves the connection open. */
    static void run(Connection connection, String changelog) throws Exception {
        run(connection, changelog, Map.of());
    }

    /** @param resources where the changelog is found */
    static void run(Connection connection, String changelog, ResourceAccessor resources) throws Exception {
        run(connection, changelog, Map.of(Scope.Attr.resourceAccessor.name(), resources));
    }

    private static void run(Connection connection, String changelog, Map<String, Object> settings) throws Exception {
        LOGGER.setLevel(Level.WARNING);
        var ui = new ConsoleUIService();
        ui.setOutputStream(new PrintStream(OutputStream.nullOutputStream()));
        Map<String, Object> scope = new HashMap<>(settings);
        scope.put(Scope.Attr.ui.name(), ui);
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        Scope.child(scope, () -> new CommandScope("update")
                .setOutput(OutputStream.nullOutputStream())
                .addArgumentValue("database", database)
                .addArgumentValue("changelogFile", changelog)
                .execute());
        connection.setAutoCommit(true);
    }
}
