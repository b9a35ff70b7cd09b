package liquibase.ext.backfill.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import liquibase.ext.backfill.dialects.Schema;
import liquibase.ext.backfill.engine.ClockJump;
import liquibase.ext.backfill.pipelineruns.NewRun;
import liquibase.ext.backfill.pipelineruns.SystemAnnotationMirror;
import liquibase.ext.backfill.pipelineruns.SystemAnnotations;
import liquibase.ext.backfill.testing.FreshDatabase;
import liquibase.ext.backfill.testing.PipelineTables;
import liquibase.ext.backfill.testing.TestDatabase;

/**
 * Pipeline runs in the tables of a database, and in plain Java what each of them may be annotated with. Several threads may
 * add runs at once.
 */
final class Runs implements AutoCloseable {
    private static final SystemAnnotationMirror MIRROR = new SystemAnnotationMirror(Schema.DEFAULT, warning -> {});
    private static final List<String> KEYS = List.of(SystemAnnotations.CREATED_BY, SystemAnnotations.NAME);

    private final FreshDatabase database;
    private final KeyOrder order;
    private final Random random;
    private final Session session;
    private final AtomicInteger made = new AtomicInteger();
    /** By run and key what it may hold: more than one value where somebody changed the run meanwhile. */
    private final Map<List<String>, Set<String>> owed = new ConcurrentHashMap<>();

    Runs(FreshDatabase database, KeyOrder order, Random random) {
        this.database = database;
        this.order = order;
        this.random = random;
        this.session = new Session(database);
    }

    FreshDatabase database() {
        return database;
    }

    /** A run as the service holds it. Null stands for nothing. */
    record OneRun(String id, String creator, String nameInExtraData, String nameInSpec) {
        String owedCreator() {
            return creator == null ? "" : creator;
        }

        String owedName() {
            return nameInExtraData != null ? nameInExtraData : nameInSpec != null ? nameInSpec : "";
        }
    }

    Runs createTables() throws SQLException {
        PipelineTables.on(database.product()).create(session.connection());
        return this;
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }

    /** Adds runs without annotations. */
    Runs with(int count) throws SQLException {
        Connection connection = session.connection();
        connection.setAutoCommit(false);
        for (int i = 0; i < count; i++) {
            insert(connection, next());
        }
        connection.commit();
        connection.setAutoCommit(true);
        return this;
    }

    /** A run that is not in the table yet. */
    synchronized OneRun next() {
        int number = made.incrementAndGet();
        return new OneRun(
                order.key(number, random),
                number % 5 == 0 ? null : "user " + random.nextInt(50),
                random.nextBoolean() ? null : "pipeline " + number,
                number % 3 == 0 ? null : "component " + number);
    }

    void insert(Connection on, OneRun run) throws SQLException {
        String document = database.product() == TestDatabase.POSTGRESQL ? "CAST(? AS json)" : "?";
        String spec = run.nameInSpec() == null
                ? "{}"
                : "{\"componentRef\": {\"spec\": {\"name\": \"%s\"}}}".formatted(run.nameInSpec());
        String extra =
                run.nameInExtraData() == null ? null : "{\"pipeline_name\": \"%s\"}".formatted(run.nameInExtraData());
        update(on, "INSERT INTO execution_node (id, task_spec) VALUES (?, %s)".formatted(document), run.id(), spec);
        update(
                on,
                "INSERT INTO pipeline_run (id, root_execution_id, created_by, extra_data) VALUES (?, ?, ?, %s)"
                        .formatted(document),
                run.id(),
                run.id(),
                run.creator(),
                extra);
        owed.put(List.of(run.id(), SystemAnnotations.CREATED_BY), ConcurrentHashMap.newKeySet());
        mayBe(run.id(), SystemAnnotations.CREATED_BY, run.owedCreator());
        owed.put(List.of(run.id(), SystemAnnotations.NAME), ConcurrentHashMap.newKeySet());
        mayBe(run.id(), SystemAnnotations.NAME, run.owedName());
    }

    void annotate(Connection on, String id, String key, String value) throws SQLException {
        update(
                on,
                "INSERT INTO pipeline_run_annotation (pipeline_run_id, " + key() + ", value) VALUES (?, ?, ?)",
                id,
                key,
                value);
    }

    /** Writes the annotations that a run is owed, as a service does that calls the mirror. */
    void mirror(Connection on, String id) throws SQLException {
        MIRROR.write(
                on, new NewRun(id, onlyOwed(id, SystemAnnotations.CREATED_BY), onlyOwed(id, SystemAnnotations.NAME)));
    }

    private String onlyOwed(String id, String key) {
        return owed.get(List.of(id, key)).iterator().next();
    }

    /** From now on this is right as well. */
    void mayBe(String id, String key, String value) {
        owed.get(List.of(id, key)).add(value);
    }

    List<String> ids() throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM pipeline_run ORDER BY id")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    /** So that nobody else changes a run or adds an annotation to it. SQLite keeps all others out by any write. */
    void lock(Connection on, String id) throws SQLException {
        if (database.product() == TestDatabase.SQLITE) {
            update(on, "UPDATE pipeline_run SET id = id WHERE id = ?", id);
            return;
        }
        try (PreparedStatement statement = on.prepareStatement("SELECT id FROM pipeline_run WHERE id = ? FOR UPDATE")) {
            statement.setString(1, id);
            statement.executeQuery().close();
        }
    }

    static int update(Connection on, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = on.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** What is in the tables: the runs, and by run and key the values. */
    private record Found(Set<String> runs, Map<List<String>, List<String>> values) {}

    private Found found() throws SQLException {
        Set<String> runs = new HashSet<>();
        Map<List<String>, List<String>> found = new HashMap<>();
        try (Statement statement = session.connection().createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT id FROM pipeline_run")) {
                while (rows.next()) {
                    runs.add(rows.getString(1));
                }
            }
            try (ResultSet rows = statement.executeQuery(
                    "SELECT pipeline_run_id, %s, value FROM pipeline_run_annotation".formatted(key()))) {
                while (rows.next()) {
                    found.computeIfAbsent(List.of(rows.getString(1), rows.getString(2)), none -> new ArrayList<>())
                            .add(rows.getString(3));
                }
            }
        }
        return new Found(runs, found);
    }

    private boolean isLost(String run, String key, Found found) {
        List<String> values = found.values.getOrDefault(List.of(run, key), List.of());
        return values.isEmpty()
                || !owed.getOrDefault(List.of(run, key), Set.of()).containsAll(values);
    }

    /** Compares the tables with what is owed. */
    Balance balance() throws SQLException {
        Found found = found();
        long lost = found.runs.stream()
                .mapToLong(run ->
                        KEYS.stream().filter(key -> isLost(run, key, found)).count())
                .sum();
        long doubled = found.values.entrySet().stream()
                .mapToLong(row -> row.getValue().size()
                        - (found.runs.contains(row.getKey().get(0)) ? 1 : 0))
                .sum();
        return new Balance(found.runs.size(), lost, doubled);
    }

    /** The runs that lack one of their annotations. */
    Set<String> lacking() throws SQLException {
        Found found = found();
        return found.runs.stream()
                .filter(run -> KEYS.stream().anyMatch(key -> isLost(run, key, found)))
                .collect(Collectors.toSet());
    }

    /**
     * A backfill that somebody claims to be at work at.
     *
     * @param pid of the process
     * @param version how often it was claimed
     */
    record Held(String backfill, long pid, long version) {}

    /** Empty while nobody has begun, and between one backfill and the next. */
    Optional<Held> held() throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT NAME, OWNER, VERSION FROM %s WHERE STATE = 'RUNNING'".formatted(checkpoints()))) {
            return row.next()
                    ? Optional.of(new Held(
                            row.getString(1),
                            Long.parseLong(row.getString(2).replaceAll("^.*:(\\d+):[^:]+$", "$1")),
                            row.getLong(3)))
                    : Optional.empty();
        }
    }

    /** How many rows the backfills say they wrote, over all their runs since the last {@link #reset()}. */
    long writtenByBackfills() throws SQLException {
        return session.number("SELECT SUM(ROWS_INSERTED) FROM " + checkpoints());
    }

    long systemAnnotations() throws SQLException {
        return session.number(
                "SELECT COUNT(*) FROM pipeline_run_annotation WHERE %s LIKE 'system/%%'".formatted(key()));
    }

    /** As if every runner had given no sign of life for so long that its lease is over. */
    void letTheLeasesEnd() throws SQLException {
        session.executeUnlessMissing("UPDATE %s SET UPDATED = '2020-01-01 00:00:00'".formatted(checkpoints()));
    }

    /** @param ahead how far ahead of the database's clock the last signs of life are then; negative: behind it */
    void letTheClockJump(Duration ahead) throws SQLException {
        execute(ClockJump.statement(database.product(), ahead));
    }

    /** The runs stay; nothing was ever backfilled. */
    void reset() throws SQLException {
        execute("DELETE FROM pipeline_run_annotation");
        execute("DROP TABLE IF EXISTS " + checkpoints());
    }

    void execute(String sql) throws SQLException {
        session.execute(sql);
    }

    private String checkpoints() {
        return database.product() == TestDatabase.POSTGRESQL
                ? "databasechangelogbackfill"
                : "DATABASECHANGELOGBACKFILL";
    }

    private String key() {
        return database.product() == TestDatabase.MYSQL || database.product() == TestDatabase.MARIADB
                ? "`key`"
                : "\"key\"";
    }
}
