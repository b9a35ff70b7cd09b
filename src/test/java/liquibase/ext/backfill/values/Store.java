package liquibase.ext.backfill.values;

import java.sql.Connection;
import java.sql.SQLException;
import liquibase.ext.backfill.testing.TestDatabase;

/** What keeps the documents. Two stores may be one product. */
enum Store {
    POSTGRESQL("PostgreSQL", TestDatabase.POSTGRESQL),
    POSTGRESQL_JSONB("PostgreSQL `jsonb`", TestDatabase.POSTGRESQL),
    MYSQL("MySQL 8.0", TestDatabase.MYSQL),
    MYSQL_9("MySQL 9", TestDatabase.MYSQL),
    MARIADB("MariaDB", TestDatabase.MARIADB),
    SQLITE("SQLite", TestDatabase.SQLITE);

    private final String title;
    private final TestDatabase product;

    Store(String title, TestDatabase product) {
        this.title = title;
        this.product = product;
    }

    String title() {
        return title;
    }

    TestDatabase product() {
        return product;
    }

    /** The store of MySQL's server behind a connection. */
    static Store ofMysql(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() < 9 ? MYSQL : MYSQL_9;
    }
}
