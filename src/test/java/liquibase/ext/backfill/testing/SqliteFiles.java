package liquibase.ext.backfill.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** SQLite has no server: a database is a file, which the first connection creates. */
record SqliteFiles(Path folder) implements Server {
    @Override
    public void create(String database) throws SQLException {
        drop(database); // An earlier JVM with the same process id may have been killed before it dropped its own.
    }

    @Override
    public void drop(String database) throws SQLException {
        for (String ending : List.of("", "-wal", "-shm", "-journal")) {
            Path file = folder.resolve(database + ".db" + ending);
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new SQLException("SQLite: cannot delete " + file + "; does a test still hold it open?", e);
            }
        }
    }

    @Override
    public String url(String database) {
        return "jdbc:sqlite:" + folder.resolve(database + ".db");
    }

    @Override
    public String user() {
        return "";
    }

    @Override
    public String password() {
        return "";
    }

    @Override
    public void stop() {}
}
