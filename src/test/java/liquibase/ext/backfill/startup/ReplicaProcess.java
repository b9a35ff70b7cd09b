package liquibase.ext.backfill.startup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.JavaCommand;

/** One replica of a service, in a JVM of its own: starts on its database, says how that went, serves, and ends. */
final class ReplicaProcess {
    private static final String SERVES = "serves";

    private ReplicaProcess() {}

    /**
     * Starts, serves and ends.
     *
     * @param arguments url, user, password, changelog
     */
    public static void main(String... arguments) throws Exception {
        var dataSource = FreshDatabase.dataSource(arguments[0], arguments[1], arguments[2]);
        StartupReport report = ServiceStartup.of(dataSource, arguments[3]).run();
        System.out.println(SERVES);
        System.out.println(report.toJson());
    }

    /** What it said on both of its outputs, and whether it came to serve. */
    record Ended(String output, boolean serves) {}

    static Process start(String url, String user, String password, String changelog) throws IOException {
        return new ProcessBuilder(
                        JavaCommand.of(ReplicaProcess.class, List.of("-Xmx256m"), url, user, password, changelog))
                .redirectErrorStream(true)
                .start();
    }

    static List<Ended> await(List<Process> replicas) throws Exception {
        List<Ended> ended = new ArrayList<>();
        for (Process replica : replicas) {
            String output = new String(replica.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ok = replica.waitFor() == 0;
            ended.add(new Ended(output, ok && output.lines().anyMatch(SERVES::equals)));
        }
        return ended;
    }
}
