package liquibase.ext.backfill.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every other test takes for granted of the database it runs on. */
abstract class TestDatabaseContract {
    private final TestDatabase product;
    private final String name;
    private final String version;
    private FreshDatabase database;

    TestDatabaseContract(TestDatabase product, String name, String version) {
        this.product = product;
        this.name = name;
        this.version = version;
    }

    @BeforeEach
    void create() throws SQLException {
        database = product.freshDatabase();
    }

    @AfterEach
    void drop() throws SQLException {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void the_server_is_of_the_product_and_version_it_is_taken_for() throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo(name);
            assertThat(connection.getMetaData().getDatabaseProductVersion()).matches(version);
        }
    }

    @Test
    void a_fresh_database_holds_no_table() throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(holdsTable(connection, "%")).isFalse();
        }
    }

    @Test
    void two_fresh_databases_do_not_see_each_other() throws SQLException {
        try (FreshDatabase other = product.freshDatabase();
                Connection here = database.connect();
                Connection there = other.connect()) {
            execute(here, "CREATE TABLE only_here (id INTEGER PRIMARY KEY)");

            assertThat(holdsTable(here, "only_here")).isTrue();
            assertThat(holdsTable(there, "only_here")).isFalse();
        }
    }

    @Test
    void two_connections_see_the_same_database() throws SQLException {
        try (Connection first = database.connect();
                Connection second = database.dataSource().getConnection()) {
            execute(first, "CREATE TABLE shared (id INTEGER PRIMARY KEY)");

            assertThat(holdsTable(second, "shared")).isTrue();
        }
    }

    @Test
    void an_emoji_comes_back_as_it_went_in() throws SQLException {
        try (Connection connection = database.connect()) {
            execute(connection, "CREATE TABLE texts (content VARCHAR(255))");
            try (var insert = connection.prepareStatement("INSERT INTO texts VALUES (?)")) {
                insert.setString(1, "run 😀 é");
                insert.executeUpdate();
            }
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT content FROM texts")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("run 😀 é");
            }
        }
    }

    @Test
    void a_transaction_can_be_serializable_and_rolled_back() throws SQLException {
        try (Connection connection = database.connect()) {
            execute(connection, "CREATE TABLE numbers (n INTEGER)");
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            execute(connection, "INSERT INTO numbers VALUES (1)");
            connection.rollback();
            connection.setAutoCommit(true);

            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT n FROM numbers")) {
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void a_database_can_be_dropped_while_a_transaction_on_it_is_open() throws SQLException {
        Connection forgotten = database.connect();
        execute(forgotten, "CREATE TABLE numbers (n INTEGER)");
        forgotten.setAutoCommit(false);
        execute(forgotten, "INSERT INTO numbers VALUES (1)");

        assertThatCode(database::close).doesNotThrowAnyException();

        forgotten.abort(Runnable::run); // MySQL's driver would fail to roll back what the server has ended.
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean holdsTable(Connection connection, String pattern) throws SQLException {
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), pattern, new String[] {"TABLE"})) {
            return tables.next();
        }
    }
}
