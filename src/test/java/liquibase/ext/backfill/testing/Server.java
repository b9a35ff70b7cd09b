package liquibase.ext.backfill.testing;

import java.sql.SQLException;

/** What can make and drop databases: a running server, or the folder of the SQLite files. */
interface Server {
    void create(String database) throws SQLException;

    void drop(String database) throws SQLException;

    String url(String database);

    String user();

    String password();

    /** Called once, at the end of the JVM. */
    void stop();
}
