package liquibase.ext.backfill.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A database of one test's own. Its url, user and password work from other JVMs too; none of them is ever null. */
public final class FreshDatabase implements AutoCloseable {
    private final TestDatabase product;
    private final String name;
    private final Server server;

    FreshDatabase(TestDatabase product, String name, Server server) {
        this.product = product;
        this.name = name;
        this.server = server;
    }

    public TestDatabase product() {
        return product;
    }

    /** The name of the database (PostgreSQL), the schema (MySQL, MariaDB) or the file without its ending (SQLite). */
    public String name() {
        return name;
    }

    public String url() {
        return server.url(name);
    }

    public String user() {
        return server.user();
    }

    public String password() {
        return server.password();
    }

    /** A new connection in the driver's initial state: autocommit on, the product's default isolation. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), user(), password());
    }

    /** Without a pool: each connection is a new one. */
    public DataSource dataSource() {
        return dataSource(url(), user(), password());
    }

    /** The same for a process that knows no more than these. */
    public static DataSource dataSource(String url, String user, String password) {
        return new UrlDataSource(url, user, password);
    }

    @Override
    public void close() throws SQLException {
        server.drop(name);
    }

    @Override
    public String toString() {
        return product + " " + url();
    }
}
