package liquibase.ext.backfill.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.JavaCommand;
import org.yaml.snakeyaml.Yaml;

/** One replica of a service, in a JVM of its own: waits for the signal, starts on its database, says how that went, and ends. */
final class ReplicaProcess implements AutoCloseable {
    private static final String READY = "ready";
    private static final String SERVES = "serves";

    private final Process process;
    private final BufferedReader output;

    private ReplicaProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts, serves and ends.
     *
     * @param arguments url, user, password, changelog
     */
    public static void main(String... arguments) throws Exception {
        var dataSource = FreshDatabase.dataSource(arguments[0], arguments[1], arguments[2]);
        System.out.println(READY);
        System.in.read();
        StartupReport report = ServiceStartup.of(dataSource, arguments[3]).run();
        System.out.println(SERVES);
        System.out.println(report.toJson());
    }

    /** What it said on both of its outputs, and whether it came to serve. */
    record Ended(String output, boolean serves) {
        /** Its report on a backfill; empty if that had no turn. */
        @SuppressWarnings("unchecked")
        Map<String, Object> of(String backfill) {
            String json = output.lines()
                    .filter(line -> line.startsWith("{"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(output));
            Map<String, Object> report = new Yaml().load(json);
            return ((List<Map<String, Object>>) report.get("backfills"))
                    .stream()
                            .filter(step -> backfill.equals(step.get("name")))
                            .findFirst()
                            .orElse(Map.of());
        }
    }

    /** Several that start at the same moment, and how they ended. */
    static List<Ended> startAtOnce(
            int number, List<String> options, String url, String user, String password, String changelog)
            throws Exception {
        List<ReplicaProcess> replicas = new ArrayList<>();
        try {
            for (int i = 0; i < number; i++) {
                replicas.add(new ReplicaProcess(new ProcessBuilder(
                                JavaCommand.of(ReplicaProcess.class, options, url, user, password, changelog))
                        .redirectErrorStream(true)
                        .start()));
            }
            for (ReplicaProcess replica : replicas) {
                replica.awaitReady();
            }
            for (ReplicaProcess replica : replicas) {
                replica.signal();
            }
            List<Ended> ended = new ArrayList<>();
            for (ReplicaProcess replica : replicas) {
                ended.add(replica.awaitEnd());
            }
            return ended;
        } finally {
            replicas.forEach(ReplicaProcess::close);
        }
    }

    private void awaitReady() throws IOException {
        for (String line = output.readLine(); !READY.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new IllegalStateException("a replica ended before it was ready");
            }
        }
    }

    private void signal() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    private Ended awaitEnd() throws Exception {
        String said = output.lines().collect(Collectors.joining("\n"));
        boolean ok = process.waitFor() == 0;
        return new Ended(said, ok && said.lines().anyMatch(SERVES::equals));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
