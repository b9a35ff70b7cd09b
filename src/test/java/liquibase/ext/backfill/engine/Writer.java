package liquibase.ext.backfill.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import liquibase.ext.backfill.dialects.Failure;

/** A service that creates things together with their tags, and repeats what its database says may be repeated. */
final class Writer {
    private final Things things;
    private final Connection connection;
    private int retries;

    Writer(Things things, Connection connection) {
        this.things = things;
        this.connection = connection;
    }

    Writer write(List<String> keys) throws SQLException {
        for (String key : keys) {
            while (!written(key)) {
                retries++;
            }
        }
        return this;
    }

    int retries() {
        return retries;
    }

    private boolean written(String key) throws SQLException {
        try {
            connection.setAutoCommit(false);
            things.insertThing(connection, key, "new");
            things.insertTag(connection, key, "new");
            connection.commit();
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (!mayBeRepeated(things.dialect().classify(e))) {
                throw e;
            }
            return false;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** A duplicate is none of these: no service expects another's row under its new key. */
    private static boolean mayBeRepeated(Failure failure) {
        return failure == Failure.CONFLICT || failure == Failure.LOCK_TIMEOUT;
    }
}
