package liquibase.ext.backfill.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.JavaCommand;
import org.yaml.snakeyaml.Yaml;

/** One replica of a service, in a JVM of its own: waits for the signal, starts on its database, says how that went, and ends. */
final class ReplicaProcess implements AutoCloseable {
    private static final String READY = "ready";
    private static final String SERVES = "serves";
    private static final int PATIENCE_MINUTES = 3;

    private final Process process;
    private final BufferedReader output;
    private final List<String> said = new CopyOnWriteArrayList<>();

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

    /** What keeps one of them at work until the others have seen it there. */
    interface Gate {
        Gate NONE = () -> {};

        void open() throws SQLException;
    }

    /**
     * Several that start at the same moment, and how they ended.
     *
     * @param gate is opened when all but one have ended
     */
    static List<Ended> startAtOnce(
            int number, Gate gate, List<String> options, String url, String user, String password, String changelog)
            throws Exception {
        List<ReplicaProcess> replicas = new ArrayList<>();
        ExecutorService readers = Executors.newFixedThreadPool(number);
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
            var ends = new ExecutorCompletionService<Ended>(readers);
            for (ReplicaProcess replica : replicas) {
                ends.submit(replica::awaitEnd);
            }
            List<Ended> ended = new ArrayList<>();
            while (ended.size() < number) {
                if (ended.size() == number - 1) {
                    gate.open();
                }
                Future<Ended> next = ends.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
                if (next == null) {
                    throw new AssertionError("%d of %d replicas have ended, and no other for %d minutes. They said:\n%s"
                            .formatted(ended.size(), number, PATIENCE_MINUTES, said(replicas)));
                }
                ended.add(next.get());
            }
            return ended;
        } finally {
            replicas.forEach(ReplicaProcess::close);
            readers.shutdown();
        }
    }

    private static String said(List<ReplicaProcess> replicas) {
        return replicas.stream().map(replica -> String.join("\n", replica.said)).collect(Collectors.joining("\n\n"));
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
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
        }
        boolean ok = process.waitFor() == 0;
        return new Ended(String.join("\n", said), ok && said.contains(SERVES));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
