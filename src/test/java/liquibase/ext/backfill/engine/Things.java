package liquibase.ext.backfill.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Coverage;
import liquibase.ext.backfill.definitions.Source;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.definitions.Value;
import liquibase.ext.backfill.dialects.Dialect;
import liquibase.ext.backfill.dialects.Dialects;
import liquibase.ext.backfill.testing.FreshDatabase;

/** Things, each of which is owed a tag that holds its label. The smallest backfill there is. */
final class Things implements AutoCloseable {
    static final BackfillDefinition TOTAL =
            definition("thing.label", Coverage.TOTAL, new Value.Column("thing", "label"), new Value.Literal(""));
    static final BackfillDefinition PARTIAL =
            definition("thing.label/partial", Coverage.PARTIAL, new Value.Column("thing", "label"));
    /** The same backfill for other things: its tags have another name. */
    static final BackfillDefinition CHANGED = new BackfillDefinition(
            TOTAL.name(),
            TOTAL.source(),
            new Target(
                    "tag",
                    "thing_id",
                    List.of(new Target.Constant("name", "title")),
                    TOTAL.target().columns()),
            Coverage.TOTAL);

    private final FreshDatabase database;
    private final Connection connection;
    private final Keys keys;

    Things(FreshDatabase database, Keys keys) throws SQLException {
        this.database = database;
        this.keys = keys;
        this.connection = database.connect();
        execute("CREATE TABLE thing (id %s NOT NULL PRIMARY KEY, label VARCHAR(300))"
                .formatted(keys.type(database.product())));
        createTag("");
    }

    private void createTag(String constraint) throws SQLException {
        execute("""
                CREATE TABLE tag (thing_id %s NOT NULL, name VARCHAR(40) NOT NULL, content VARCHAR(255),
                PRIMARY KEY (thing_id, name), FOREIGN KEY (thing_id) REFERENCES thing (id)%s)""".formatted(keys.type(database.product()), constraint));
    }

    private static BackfillDefinition definition(String name, Coverage coverage, Value... firstOf) {
        return new BackfillDefinition(
                name,
                new Source("thing", "id", List.of()),
                new Target(
                        "tag",
                        "thing_id",
                        List.of(new Target.Constant("name", "label")),
                        List.of(new Target.Computed("content", List.of(firstOf), 255))),
                coverage);
    }

    /** Things without a tag; every third has no label. */
    Things with(int count) throws SQLException {
        List<String> all = keys.keys(count);
        connection.setAutoCommit(false);
        for (int i = 0; i < all.size(); i++) {
            insertThing(connection, all.get(i), i % 3 == 2 ? null : "label of " + i);
        }
        connection.commit();
        connection.setAutoCommit(true);
        return this;
    }

    List<String> keys(int count) {
        return keys.keys(count);
    }

    void insertThing(Connection on, String key, String label) throws SQLException {
        insert(on, "INSERT INTO thing (id, label) VALUES (?, ?)", key, label);
    }

    /** As a service does that writes the tags of its new things itself. */
    void insertTag(Connection on, String key, String content) throws SQLException {
        insert(on, "INSERT INTO tag (thing_id, name, content) VALUES (?, 'label', ?)", key, content);
    }

    private void insert(Connection on, String sql, String key, String text) throws SQLException {
        try (PreparedStatement statement = on.prepareStatement(sql)) {
            if (keys.areNumbers()) {
                statement.setLong(1, Long.parseLong(key));
            } else {
                statement.setString(1, key);
            }
            statement.setString(2, text);
            statement.executeUpdate();
        }
    }

    void execute(String sql) throws SQLException {
        execute(connection, sql);
    }

    /** Whether a statement is the insert of a chunk. */
    static boolean isInsertOfTags(String sent) {
        return sent.contains("INSERT INTO") && sent.contains("tag");
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Map<String, String> tags() throws SQLException {
        return map("SELECT thing_id, content FROM tag WHERE name = 'label'");
    }

    /** Each thing has its tag, with the right content, and nothing else has one. */
    void assertParity() throws SQLException {
        assertThat(tags()).isEqualTo(map("SELECT id, COALESCE(label, '') FROM thing"));
    }

    /** The keys of the things that lack their tag, in the order of the database. */
    List<String> tagless() throws SQLException {
        return tagless("label");
    }

    List<String> tagless(String tag) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id FROM thing WHERE NOT EXISTS (SELECT 1 FROM tag WHERE thing_id = id AND name = '%s') ORDER BY id"
                                .formatted(tag))) {
            while (rows.next()) {
                found.add(rows.getString(1).stripTrailing());
            }
        }
        return found;
    }

    String literal(String key) {
        return keys.areNumbers() ? key : "'" + key + "'";
    }

    /** As a rule of the database's owner that a label happens to break. */
    void refuseTagsWithContent(String content) throws SQLException {
        execute("DROP TABLE tag");
        createTag(", CHECK (content <> '%s')".formatted(content));
    }

    private Map<String, String> map(String query) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                assertThat(found.put(rows.getString(1).strip(), rows.getString(2)))
                        .isNull();
            }
        }
        return found;
    }

    Checkpoint checkpoint() throws SQLException {
        return checkpoint(TOTAL);
    }

    Checkpoint checkpoint(BackfillDefinition definition) throws SQLException {
        return new Checkpoints(connection, dialect(), CheckpointTable.DEFAULT)
                .find(definition.name())
                .orElseThrow();
    }

    /** Empty also while there is no table for it. */
    Optional<Checkpoint> findCheckpoint() throws SQLException {
        return CheckpointTable.DEFAULT.exists(connection, dialect())
                ? new Checkpoints(connection, dialect(), CheckpointTable.DEFAULT).find(TOTAL.name())
                : Optional.empty();
    }

    /** As if the runner had given no sign of life for so long that its lease is over. */
    void letTheLeaseEnd() throws SQLException {
        if (CheckpointTable.DEFAULT.exists(connection, dialect())) {
            execute("UPDATE %s SET UPDATED = '2020-01-01 00:00:00'"
                    .formatted(CheckpointTable.DEFAULT.qualified(dialect())));
        }
    }

    /** As the runner itself does while it waits. */
    void giveSignOfLife() throws SQLException {
        execute("UPDATE %s SET UPDATED = %s"
                .formatted(
                        CheckpointTable.DEFAULT.qualified(dialect()), dialect().now()));
    }

    /** As if the runner had given its last sign of life so long ago. */
    void letPass(Duration since) throws SQLException {
        execute(ClockJump.statement(database.product(), since.negated()));
    }

    /** The database's, after the runner's last sign of life. */
    void setTheClockBack(Duration by) throws SQLException {
        execute(ClockJump.statement(database.product(), by));
    }

    /** As it was before the first run. */
    void reset() throws SQLException {
        execute("DELETE FROM tag");
        if (CheckpointTable.DEFAULT.exists(connection, dialect())) {
            execute("DROP TABLE " + CheckpointTable.DEFAULT.qualified(dialect()));
        }
    }

    Dialect dialect() throws SQLException {
        return Dialects.of(connection);
    }

    Connection connect() throws SQLException {
        return database.connect();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
