package liquibase.ext.backfill.commands;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import liquibase.Scope;
import liquibase.command.CommandFailedException;
import liquibase.command.CommandScope;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ui.ConsoleUIService;
import org.yaml.snakeyaml.Yaml;

/**
 * How a command ended that was called by {@code CommandScope}, as a service calls it.
 *
 * @param code what the command line would exit with
 * @param output what was written for whoever asked
 * @param message of the failure, empty if there was none
 */
record Outcome(int code, String output, String message) {
    static final String BACKFILLS = "liquibase-backfill/backfills/db.changelog-backfills.yaml";

    static Outcome of(String command, FreshDatabase database, Map<String, Object> arguments) throws Exception {
        return of(command, database, arguments, Map.of());
    }

    static Outcome of(
            String command, FreshDatabase database, Map<String, Object> arguments, Map<String, Object> settings)
            throws Exception {
        var output = new ByteArrayOutputStream();
        var ui = new ConsoleUIService();
        ui.setOutputStream(new PrintStream(OutputStream.nullOutputStream()));
        ui.setErrorStream(new PrintStream(OutputStream.nullOutputStream()));
        Map<String, Object> scope = new HashMap<>(settings);
        scope.put(Scope.Attr.ui.name(), ui);
        return Scope.child(scope, () -> {
            var called = new CommandScope(command)
                    .addArgumentValue("changelogFile", BACKFILLS)
                    .addArgumentValue("url", database.url())
                    .addArgumentValue("username", database.user())
                    .addArgumentValue("password", database.password())
                    .setOutput(output);
            arguments.forEach(called::addArgumentValue);
            int code = 0;
            String message = "";
            try {
                called.execute();
            } catch (Exception e) {
                code = code(e);
                message = e.getMessage();
            }
            return new Outcome(code, output.toString(StandardCharsets.UTF_8), message);
        });
    }

    private static int code(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CommandFailedException failed) {
                return failed.getExitCode();
            }
        }
        return 1;
    }

    /** The report of one backfill; any JSON is YAML. */
    Map<String, Object> backfill(String name) {
        return backfills().stream()
                .filter(backfill -> name.equals(backfill.get("name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + output));
    }

    List<Map<String, Object>> backfills() {
        Map<String, List<Map<String, Object>>> report = new Yaml().load(output);
        return report.get("backfills");
    }
}
