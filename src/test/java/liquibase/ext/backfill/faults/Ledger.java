package liquibase.ext.backfill.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the tables hold apart from the system annotations, as the clients have left it: what each of them committed is
 * entered, and nothing else. Several threads may enter at once.
 */
final class Ledger {
    private static final String NOBODY = "\0";
    private static final String RUN = "";

    /** By run and key the value of an annotation; by run and {@link #RUN} who created it. */
    private final Map<List<String>, String> held;

    private final AtomicLong entries = new AtomicLong();

    private Ledger(Map<List<String>, String> held) {
        this.held = new ConcurrentHashMap<>(held);
    }

    /** With what is in the tables now. */
    static Ledger of(Connection connection) throws SQLException {
        return new Ledger(read(connection));
    }

    private static Map<List<String>, String> read(Connection connection) throws SQLException {
        Map<List<String>, String> found = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT id, created_by FROM pipeline_run")) {
                while (rows.next()) {
                    found.put(List.of(rows.getString(1), RUN), Objects.requireNonNullElse(rows.getString(2), NOBODY));
                }
            }
            try (ResultSet rows =
                    statement.executeQuery("SELECT a.pipeline_run_id, a.key, a.value FROM pipeline_run_annotation a")) {
                while (rows.next()) {
                    if (!rows.getString(2).startsWith("system/")) {
                        found.put(List.of(rows.getString(1), rows.getString(2)), rows.getString(3));
                    }
                }
            }
        }
        return found;
    }

    void created(Runs.OneRun run) {
        entries.incrementAndGet();
        held.put(List.of(run.id(), RUN), Objects.requireNonNullElse(run.creator(), NOBODY));
    }

    void updated(String run, String creator) {
        entries.incrementAndGet();
        held.put(List.of(run, RUN), creator);
    }

    void annotated(String run, String key, String value) {
        entries.incrementAndGet();
        held.put(List.of(run, key), value);
    }

    void deleted(String run) {
        entries.incrementAndGet();
        held.keySet().removeIf(entry -> entry.get(0).equals(run));
    }

    /** How much was entered. */
    long entries() {
        return entries.get();
    }

    /** What is not in the tables as it was left, and what is there although nobody left it. */
    List<String> differences(Connection connection) throws SQLException {
        Map<List<String>, String> found = read(connection);
        List<String> differences = new ArrayList<>();
        held.forEach((what, value) -> {
            if (!value.equals(found.get(what))) {
                differences.add("%s: left %s, found %s".formatted(what, value, found.get(what)));
            }
        });
        found.forEach((what, value) -> {
            if (!held.containsKey(what)) {
                differences.add("%s: left nothing, found %s".formatted(what, value));
            }
        });
        return differences;
    }
}
