package liquibase.ext.backfill.updates;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ui.ConsoleUIService;

/** Liquibase inside a service: a connection from its {@code DataSource}, settings in the scope. Keeps what was said. */
record EmbeddedLiquibase(FreshDatabase on, Map<String, Object> settings) {
    static final String MASTER = "liquibase-backfill/db.changelog-master.yaml";
    static final String BACKFILLS = "liquibase-backfill/backfills/db.changelog-backfills.yaml";

    static EmbeddedLiquibase on(FreshDatabase database) {
        return new EmbeddedLiquibase(database, Map.of());
    }

    EmbeddedLiquibase with(String setting, Object value) {
        Map<String, Object> more = new HashMap<>(settings);
        more.put(setting, value);
        return new EmbeddedLiquibase(on, more);
    }

    /**
     * What a command did.
     *
     * @param said to the user: messages, and the script of a dry run
     * @param logged from INFO on
     * @param failure its message; empty if it succeeded
     */
    record Outcome(String said, String logged, String failure) {
        boolean failed() {
            return !failure.isEmpty();
        }
    }

    Outcome update(String changelog) throws Exception {
        try (Connection connection = on.dataSource().getConnection()) {
            return update(changelog, connection);
        }
    }

    Outcome update(String changelog, Connection connection) throws Exception {
        return run("update", changelog, Map.of("database", database(connection)));
    }

    Outcome updateSql(String changelog) throws Exception {
        try (Connection connection = on.dataSource().getConnection()) {
            return run("updateSql", changelog, Map.of("database", database(connection)));
        }
    }

    /** By its url and not by a connection, so that Liquibase does with these arguments what it does for its CLI. */
    Outcome updateIn(String schema, String changelog) throws Exception {
        return run("update", changelog, inSchema(schema));
    }

    Outcome updateSqlIn(String schema, String changelog) throws Exception {
        return run("updateSql", changelog, inSchema(schema));
    }

    private Map<String, Object> inSchema(String schema) {
        return Map.of("url", on.url(), "username", on.user(), "password", on.password(), "defaultSchemaName", schema);
    }

    /** Runs any command on a changelog. */
    static Outcome run(String command, String changelog, Map<String, Object> arguments, Map<String, Object> settings)
            throws Exception {
        var said = new ByteArrayOutputStream();
        var ui = new ConsoleUIService();
        ui.setOutputStream(new PrintStream(said, true, StandardCharsets.UTF_8));
        ui.setErrorStream(new PrintStream(said, true, StandardCharsets.UTF_8));
        var log = new RecordingLog();
        Map<String, Object> scope = new HashMap<>(settings);
        scope.put(Scope.Attr.ui.name(), ui);
        scope.put(Scope.Attr.logService.name(), log);
        var failure = new StringBuilder();
        Scope.child(scope, () -> {
            var commandScope = new CommandScope(command).setOutput(said);
            arguments.forEach(commandScope::addArgumentValue);
            commandScope.addArgumentValue("changelogFile", changelog);
            try {
                commandScope.execute();
            } catch (Exception e) {
                failure.append(e.getMessage());
            }
        });
        return new Outcome(said.toString(StandardCharsets.UTF_8), log.lines(), failure.toString());
    }

    private Outcome run(String command, String changelog, Map<String, Object> arguments) throws Exception {
        return run(command, changelog, arguments, settings);
    }

    static Database database(Connection connection) throws Exception {
        return DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
    }
}
